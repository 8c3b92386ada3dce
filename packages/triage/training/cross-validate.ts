import { assessWith } from '../src/assess.ts';
import { readerOf } from '../src/second-reader.ts';
import { givenCorpus, partOf } from './corpus.ts';
import { confusionTable, figuresLine, type Judged } from './score.ts';
import { ownTexts, readAll, shippable, trainBoth } from './train.ts';

const folds = 5;

/**
 * Cross-validation of the second reader on the build part: each text is read with weights that have not
 * seen it (the rules have; the honest figures are those of the measured part, test/triage/evaluate.ts).
 */
export function crossValidated(): Judged[] {
  const build = givenCorpus().filter((record) => partOf(record.id) === 'build');
  const own = ownTexts().flatMap(readAll);
  const judged: Judged[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const training = build.filter((_, index) => index % folds !== fold).flatMap(readAll);
    const reader = readerOf(shippable(trainBoth(training, own)));
    for (const [index, record] of build.entries()) {
      if (index % folds === fold) judged.push({ record, read: assessWith(record, reader) });
    }
  }
  return judged;
}

if (import.meta.main) {
  const judged = crossValidated();
  const lines = [
    figuresLine('build part, 5 folds', judged),
    ...['en', 'es', 'mixed'].map((lang) =>
      figuresLine(
        `  ${lang}`,
        judged.filter(({ record }) => record.lang === lang),
      ),
    ),
    confusionTable(judged),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
