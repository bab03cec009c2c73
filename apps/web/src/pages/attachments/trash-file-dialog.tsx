import { ConfirmDialog } from '../../frame/dialog';
import { explained } from '../../messages/explained';
import { useTexts } from '../../messages/language';
import { attachmentsQuery, trashAttachment, type Attachment } from '../../rest/page-sides';
import { queryClient } from '../../rest/queries';

interface Props {
  readonly pageId: string;
  readonly file: Attachment;
  close(): void;
}

/** Asks before a file goes to the trash. */
export default function TrashFileDialog({ pageId, file, close }: Props) {
  const { text } = useTexts();
  const trash = async () => {
    await trashAttachment(pageId, file.id);
    await queryClient.invalidateQueries({ queryKey: attachmentsQuery(pageId).queryKey });
    close();
  };
  return (
    <ConfirmDialog
      title={text('attachments.trash.title')}
      question={text('attachments.trash.text', { name: file.title })}
      action={text('editor.trash')}
      run={trash}
      failure={(error) => explained(error, text)}
      close={close}
    />
  );
}
