import { useRouter } from '@tanstack/react-router';
import { ConfirmDialog } from '../frame/dialog';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';
import { blogAddress } from '../pages/addresses';
import type { Page } from '../rest/pages';
import { queryClient } from '../rest/queries';
import { trashPage } from '../rest/writing';

/** Asks before a page goes to the trash. */
export default function TrashPageDialog({ page, close }: { page: Page; close(): void }) {
  const { text } = useTexts();
  const router = useRouter();
  const trash = async () => {
    await trashPage(page.id);
    const parent = page.ancestors.at(-1);
    const above = page.type === 'blogpost' ? blogAddress(page.space.key) : page.space._links.webui;
    await router.navigate({ href: parent?._links.webui ?? above });
    queryClient.removeQueries({
      predicate: ({ state }) => (state.data as { id?: string } | undefined)?.id === page.id,
    });
    await queryClient.invalidateQueries({ queryKey: ['children'] });
  };
  return (
    <ConfirmDialog
      title={text('editor.trash.title')}
      question={text('editor.trash.text', { title: page.title })}
      action={text('editor.trash')}
      run={trash}
      failure={(error) => explained(error, text)}
      close={close}
    />
  );
}
