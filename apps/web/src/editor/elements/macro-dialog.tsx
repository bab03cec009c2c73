import { useQuery } from '@tanstack/react-query';
import type { StorageElement } from '@tributary/storage-format';
import { useState } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { macrosQuery } from '../../rest/macros';
import { ElementForm } from './element-form';
import { elementLabels } from './element-labels';
import { FreeParameters } from './free-parameters';
import { valuesOf, withParameters, type ParameterValues } from './macro-parameters';
import { ParameterFields } from './parameter-fields';

interface Props {
  readonly name: string;
  readonly element: StorageElement;
  readonly action: string;
  /** The macro as the writer wants it; undefined where they changed their mind. */
  close(changed?: StorageElement): void;
}

/** The parameters of a macro. */
export function MacroDialog({ name, element, action, close }: Props) {
  const { text } = useTexts();
  const labels = elementLabels(text);
  const { data: macros, isPending, error } = useQuery(macrosQuery);
  const declaration = macros?.find((macro) => macro.name === name);
  const [changes, setChanges] = useState<ParameterValues>(new Map());
  const change = (parameter: string, value: string) => setChanges(new Map([...changes, [parameter, value]]));
  const values = new Map([...valuesOf(element, declaration), ...changes]);
  const isUnknown = macros !== undefined && declaration === undefined;
  return (
    <ElementForm
      title={labels.macro(name)}
      action={action}
      isPending={isPending}
      submit={() => close(withParameters(element, changes, declaration))}
      cancel={() => close()}
    >
      <p className="element-purpose">{isUnknown ? text('element.unknown') : labels.purpose(name)}</p>
      {error && <p role="alert">{text(failureKey(error))}</p>}
      {declaration && values.size === 0 && <p>{text('element.none')}</p>}
      <ParameterFields declaration={declaration} values={values} change={change} />
      {isUnknown && <FreeParameters taken={values} add={(parameter) => change(parameter, '')} />}
    </ElementForm>
  );
}
