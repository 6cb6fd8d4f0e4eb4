/** Never read: code, media, controls, hints for browsers, site navigation. */
export const SKIPPED: ReadonlySet<string> = new Set(
  'script style noscript template iframe object embed svg canvas audio video nav button select textarea dialog map head math-annotation'.split(
    ' ',
  ),
);
/** Begin and end a block of their own. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form header hgroup hr html ' +
    'legend li main menu ol p section summary table tbody td tfoot th thead tr ul caption center'
  ).split(' '),
);

/** The parts of the document object model that are used here. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly localName?: string;
  readonly data?: string;
  readonly firstChild: HtmlNode | null;
  readonly nextSibling: HtmlNode | null;
  readonly parentNode: HtmlNode | null;
  getAttribute?(name: string): string | null;
}

/** What a walk does at each node. Returning false from `enter` leaves the children out. */
export interface Visitor {
  enter(element: HtmlNode, name: string): boolean;
  leave(element: HtmlNode, name: string): void;
  text(data: string): void;
}

const ELEMENT = 1;
const TEXT = 3;

/** Walks a tree without recursion, so that no depth of nesting can exhaust the stack. */
export function walk(root: HtmlNode, visitor: Visitor): void {
  let node: HtmlNode | null = root;
  while (node !== null) {
    const descend: boolean = visit(node, visitor);
    if (descend && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    if (descend) leave(node, visitor);
    while (node !== null && node !== root && node.nextSibling === null) {
      node = node.parentNode;
      if (node !== null) leave(node, visitor);
    }
    node = node === null || node === root ? null : node.nextSibling;
  }
}

function visit(node: HtmlNode, visitor: Visitor): boolean {
  if (node.nodeType === TEXT) visitor.text(node.data ?? '');
  if (node.nodeType !== ELEMENT) return node.nodeType === 9 || node.nodeType === 11;
  return visitor.enter(node, node.localName?.toLowerCase() ?? '');
}

function leave(node: HtmlNode, visitor: Visitor): void {
  if (node.nodeType === ELEMENT) visitor.leave(node, node.localName?.toLowerCase() ?? '');
}

/** The text below an element on one line, blocks apart by a space. */
export function lineOf(root: HtmlNode, keepBreaks = false): string {
  const pieces: string[] = [];
  walk(root, {
    enter(_, name) {
      if (name === 'br') pieces.push(keepBreaks ? '\n' : ' ');
      else if (BLOCKS.has(name)) pieces.push(' ');
      return !SKIPPED.has(name);
    },
    leave(_, name) {
      if (BLOCKS.has(name)) pieces.push(' ');
    },
    text: (data) => pieces.push(data),
  });
  const text = pieces.join('');
  return keepBreaks ? text : text.replace(/\s+/g, ' ').trim();
}
