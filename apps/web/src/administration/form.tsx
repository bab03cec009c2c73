import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { Refusal } from '../frame/refusal';

interface FormProperties {
  readonly label: string;
  readonly submit: string;
  /** Fields by their names; what was entered is emptied when it succeeds. */
  readonly action: (fields: Record<string, string>) => Promise<unknown>;
  readonly children: ReactNode;
}

/** Fields that are sent together; what the server says against them is told in its words. */
export function Form({ label, submit, action, children }: FormProperties) {
  const sending = useMutation({
    mutationFn: async (form: HTMLFormElement) => {
      const entries = [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      );
      await action(Object.fromEntries(entries) as Record<string, string>);
      form.reset();
    },
  });
  const { error } = sending;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sending.mutate(event.currentTarget);
  };
  return (
    <form className="fields" aria-label={label} onSubmit={onSubmit}>
      {children}
      <button className="button" disabled={sending.isPending}>
        {submit}
      </button>
      <Refusal error={error} />
    </form>
  );
}

interface FieldProperties {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly defaultValue?: string;
  readonly required?: boolean;
}

export const Field = ({ name, label, type = 'text', defaultValue, required = true }: FieldProperties) => (
  <label>
    <span>{label}</span>
    <input
      name={name}
      type={type}
      defaultValue={defaultValue}
      required={required}
      autoComplete={type === 'password' ? 'new-password' : 'off'}
    />
  </label>
);
