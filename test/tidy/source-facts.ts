import {
  isArrowFunction,
  isAsExpression,
  isCallExpression,
  isConstructorDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isMethodDeclaration,
  isNewExpression,
  isNonNullExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isSetAccessorDeclaration,
  isStringLiteral,
  isTypeAssertion,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';

export type Import = {
  specifier: string;
  line: number;
  /** Erased before anything runs. */
  isTypeOnly: boolean;
  kind: 'import' | 'export' | 'dynamic';
  names: string[];
};
export type FunctionFact = {
  name: string;
  line: number;
  lines: number;
  /** `describe` bodies and the like, which are lists of tests rather than code. */
  holdsTests: boolean;
  /** A constructor of a class that extends a CDK stack or construct. */
  buildsStack: boolean;
};
export type Place = { line: number; text: string };

/** What the rules want to know of one TypeScript file; lines count from 1. */
export type SourceFacts = {
  path: string;
  lines: string[];
  imports: Import[];
  functions: FunctionFact[];
  casts: Place[];
  anys: Place[];
  nonNulls: Place[];
  defaultExports: Place[];
  asyncs: Place[];
  /** Dotted names that are called or read: `Date.now`, `process.env`, `setTimeout`. */
  names: Place[];
  /** `new Date()` without an argument. */
  bareDates: Place[];
  strings: string[];
  /** Nothing in it but imports and re-exports. */
  isBarrel: boolean;
};

/** Reads the facts out of a parsed file in one walk. */
export function factsOf(path: string, text: string, root: SourceFile): SourceFacts {
  const facts: SourceFacts = {
    path,
    lines: text.split('\n'),
    imports: [],
    functions: [],
    casts: [],
    anys: [],
    nonNulls: [],
    defaultExports: [],
    asyncs: [],
    names: [],
    bareDates: [],
    strings: [],
    isBarrel: isBarrel(root),
  };
  const lineOf = (position: number) => root.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: Node): void => {
    const line = lineOf(node.getStart(root));
    readImports(node, line, facts);
    readFunctions(node, line, lineOf(node.end), facts);
    readTypeEscapes(node, line, facts);
    readNames(node, line, facts);
    node.forEachChild(visit);
  };
  root.forEachChild(visit);
  return facts;
}

function isBarrel(root: SourceFile): boolean {
  const own = root.statements.filter((one) => !isImportDeclaration(one));
  return own.length > 0 && own.every((one) => isExportDeclaration(one) && one.moduleSpecifier !== undefined);
}

function readImports(node: Node, line: number, facts: SourceFacts): void {
  if (isImportDeclaration(node) && isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause?.getText() ?? '';
    const names = (/\{([^}]*)\}/.exec(clause)?.[1] ?? '').split(',').map((name) => name.trim());
    const isTypeOnly = clause.startsWith('type ') || (names.length > 0 && names.every(isTypeName));
    facts.imports.push({
      specifier: node.moduleSpecifier.text,
      line,
      isTypeOnly,
      kind: 'import',
      names: names.filter((name) => name !== '').map((name) => name.replace(/^type /, '')),
    });
  }
  if (
    isExportDeclaration(node) &&
    node.moduleSpecifier !== undefined &&
    isStringLiteral(node.moduleSpecifier)
  ) {
    const specifier = node.moduleSpecifier.text;
    const names = node.exportClause === undefined ? ['*'] : [];
    facts.imports.push({ specifier, line, isTypeOnly: node.isTypeOnly, kind: 'export', names });
  }
  if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
    const specifier = node.arguments[0];
    if (specifier !== undefined && isStringLiteral(specifier)) {
      facts.imports.push({ specifier: specifier.text, line, isTypeOnly: false, kind: 'dynamic', names: [] });
    }
  }
  if (isImportTypeNode(node)) {
    const specifier = /import\(\s*['"]([^'"]+)['"]/.exec(node.getText())?.[1];
    if (specifier !== undefined)
      facts.imports.push({ specifier, line, isTypeOnly: true, kind: 'import', names: [] });
  }
}

function isTypeName(name: string): boolean {
  return name.startsWith('type ') || name === '';
}

function isFunctionLike(node: Node): boolean {
  return (
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isArrowFunction(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node)
  );
}

function readFunctions(node: Node, line: number, lastLine: number, facts: SourceFacts): void {
  if (!isFunctionLike(node)) return;
  const text = node.getText();
  const heritage = isConstructorDeclaration(node) ? node.parent.getText().slice(0, 300) : '';
  facts.functions.push({
    name: nameOf(node),
    line,
    lines: lastLine - line + 1,
    holdsTests: /\b(?:it|test|describe)(?:\.each)?\(/.test(text),
    buildsStack: /\bextends\s+(?:\w+\.)?\w*(?:Stack|Construct|Stage)\b/.test(heritage),
  });
  const head = text.slice(0, 200);
  if (/^(?:export\s+|default\s+|public\s+|private\s+|static\s+|override\s+)*async\b/.test(head)) {
    facts.asyncs.push({ line, text: 'async' });
  }
}

/** `it.each(table)(name, body)`: the name of what is called in the end. */
function calleeOf(call: Node): Node {
  if (!isCallExpression(call)) return call;
  return isCallExpression(call.expression) ? calleeOf(call.expression) : call.expression;
}

function nameOf(node: Node): string {
  if (isConstructorDeclaration(node)) return 'constructor';
  const own =
    /^(?:[\w\s]*?\bfunction\*?\s+|(?:async\s+|get\s+|set\s+|static\s+|private\s+)*)([A-Za-z_$][\w$]*)\s*[(<]/;
  const named = isArrowFunction(node) ? undefined : own.exec(node.getText())?.[1];
  return (
    named ?? /^\s*(?:const\s+)?([A-Za-z_$][\w$]*)\s*[:=]/.exec(node.parent.getText())?.[1] ?? '(unnamed)'
  );
}

function readTypeEscapes(node: Node, line: number, facts: SourceFacts): void {
  if (isAsExpression(node) && node.type.getText() !== 'const') {
    facts.casts.push({ line, text: `as ${node.type.getText().split('\n')[0]}` });
  }
  if (isTypeAssertion(node)) facts.casts.push({ line, text: node.getText().split('\n')[0] ?? '' });
  if (node.kind === SyntaxKind.AnyKeyword) facts.anys.push({ line, text: 'any' });
  if (isNonNullExpression(node)) facts.nonNulls.push({ line, text: node.getText().split('\n')[0] ?? '' });
  if (isExportAssignment(node)) facts.defaultExports.push({ line, text: 'export default' });
  if (node.kind === SyntaxKind.DefaultKeyword && node.parent.kind !== SyntaxKind.DefaultClause) {
    facts.defaultExports.push({ line, text: 'export default' });
  }
}

function readNames(node: Node, line: number, facts: SourceFacts): void {
  if (node.kind === SyntaxKind.AwaitExpression) facts.asyncs.push({ line, text: 'await' });
  if (isPropertyAccessExpression(node)) facts.names.push({ line, text: dottedName(node) });
  if (isCallExpression(node) && isIdentifier(node.expression)) {
    facts.names.push({ line, text: node.expression.text });
  }
  if (isCallExpression(node) && isCallExpression(node.expression)) {
    facts.names.push({ line, text: dottedName(calleeOf(node)) });
  }
  if (isNewExpression(node)) {
    const name = dottedName(node.expression);
    facts.names.push({ line, text: `new ${name}` });
    if (name === 'Date' && (node.arguments ?? []).length === 0)
      facts.bareDates.push({ line, text: 'new Date()' });
  }
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) facts.strings.push(node.text);
}

function dottedName(node: Node): string {
  if (isIdentifier(node)) return node.text;
  if (isPropertyAccessExpression(node)) return `${dottedName(node.expression)}.${node.name.text}`;
  return '()';
}
