/** The number that browsers give to a key which an input method takes; Safari gives it to the Enter, too, that ends a composition. */
const takenKey = 229;

/** Whether a key is an input method's, which chooses or forgets characters by it: nobody else does anything with it. */
export const isOfInputMethod = ({ isComposing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  isComposing || keyCode === takenKey;
