import { useMutation, useQuery } from '@tanstack/react-query';
import { useTexts, type MessageKey } from '../messages/language';
import { changeGrant, grantsQuery, pathOf, type Grant, type Operation, type Subject } from '../rest/administration';
import { queryClient } from '../rest/queries';
import { Field, Form } from './form';
import { Loaded } from './loaded';
import { Refusal } from '../frame/refusal';

interface GrantsProperties {
  /** Where the permissions are asked for and changed. */
  readonly path: string;
  readonly operations: readonly Operation[];
}

const isSame = (one: Operation, other: Operation): boolean =>
  one.targetType === other.targetType && one.operationKey === other.operationKey;

/** Who may do what: for each user and group what is granted, changed at a click. */
export function Grants({ path, operations }: GrantsProperties) {
  const { text } = useTexts();
  const grants = useQuery(grantsQuery(path));
  const [first] = operations;
  const afterwards = async (done: Promise<unknown>) => {
    await done;
    await queryClient.invalidateQueries({ queryKey: ['grants', path] });
  };
  const add = ({ kind = 'group', name = '' }: Record<string, string>) =>
    first ? afterwards(changeGrant(path, `${kind}/${encodeURIComponent(name)}`, first, true)) : Promise.resolve();
  return (
    <Loaded query={grants}>
      {(all) => (
        <>
          <div className="cards">
            {[...Map.groupBy(all, ({ subject }) => pathOf(subject))].map(([key, own]) => (
              <SubjectGrants
                key={key}
                own={own}
                operations={operations}
                change={(operation, granted) => afterwards(changeGrant(path, key, operation, granted))}
              />
            ))}
          </div>
          <section className="panel" aria-label={text('permissions.add')}>
            <Form label={text('permissions.add')} submit={text('permissions.add')} action={add}>
              <label>
                <span>{text('permissions.kind')}</span>
                <select name="kind">
                  <option value="group">{text('permissions.group')}</option>
                  <option value="user">{text('permissions.user')}</option>
                </select>
              </label>
              <Field name="name" label={text('permissions.name')} />
            </Form>
          </section>
        </>
      )}
    </Loaded>
  );
}

interface SubjectGrantsProperties {
  readonly own: readonly Grant[];
  readonly operations: readonly Operation[];
  readonly change: (operation: Operation, granted: boolean) => Promise<void>;
}

function SubjectGrants({ own, operations, change }: SubjectGrantsProperties) {
  const { text } = useTexts();
  const subject = own[0]?.subject;
  const changing = useMutation({
    mutationFn: ({ operation, granted }: { operation: Operation; granted: boolean }) => change(operation, granted),
  });
  const { error, isPending, variables } = changing;
  if (!subject) return null;
  // What was just clicked shows at once; it goes back when it is refused.
  const isGranted = (operation: Operation): boolean =>
    isPending && isSame(variables.operation, operation)
      ? variables.granted
      : own.some((grant) => isSame(grant.operation, operation));
  return (
    <fieldset className="checks card">
      <legend>{nameOf(subject, text('permissions.anonymous'))}</legend>
      {operations.map((operation) => (
        <label key={`${operation.targetType} ${operation.operationKey}`} className="check">
          <input
            type="checkbox"
            checked={isGranted(operation)}
            onChange={(event) => changing.mutate({ operation, granted: event.target.checked })}
          />
          {text(keyOf(operation))}
        </label>
      ))}
      <Refusal error={error} />
    </fieldset>
  );
}

const nameOf = ({ type, name, displayName, userKey }: Subject, anonymous: string): string =>
  type === 'anonymous' ? anonymous : (name ?? displayName ?? userKey ?? '');

const keyOf = ({ targetType, operationKey }: Operation): MessageKey =>
  `permission.${targetType}.${operationKey}` as MessageKey;
