const BLOCKS = 'p div h1 h2 h3 h4 h5 h6 pre blockquote ul ol li dl dt dd';
const INLINES = 'a abbr b big cite code del em i ins kbd mark q s samp small span strike strong sub sup time tt u var';
const TABLES = 'table caption colgroup thead tbody tfoot tr th td';

/** Elements without content. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(['br', 'hr', 'wbr', 'img', 'col']);

/** XHTML elements that a writer may use and a reader gets. */
export const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set([
  ...`${BLOCKS} ${INLINES} ${TABLES}`.split(' '),
  ...VOID_ELEMENTS,
]);

/** Elements that only the renderer itself makes: the fields of templates. There is no `form` that could send them. */
export const FIELD_ELEMENTS: readonly string[] = ['input', 'textarea', 'select', 'option'];
