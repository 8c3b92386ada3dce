import { analyse } from '@aftercare/sms/encoding';
import { addHours } from '@aftercare/time/instant';
import { answerQuestion } from '../answers.ts';
import { CLASS_IDS } from '../classes.ts';
import type { ContentProblem } from '../schema.ts';
import type { CareSession, Language } from '../session.ts';
import { LONGEST_NAME, PHONE, sampleSession } from './cases.ts';
import type { ProtocolContent } from './content.ts';
import { advicePart, gradeOf, READING_LIMITS, tooHard } from './texts.ts';
import { sentenceFaults } from './word-rules.ts';

const HOURS = [1, 20, 50, 71, 100, 150, 200, 340, 900];
const MAX_SEGMENTS = 2;

/** Asks every question of every class at telling hours, in both languages, and judges the answer as sent. */
export function answerProblems(content: Pick<ProtocolContent, 'release'>): {
  problems: ContentProblem[];
  answers: number;
} {
  const problems = new Map<string, ContentProblem>();
  const judged = new Map<string, readonly string[]>();
  let answers = 0;
  for (const item of Object.keys(content.release.answers.items)) {
    for (const session of sessions()) {
      for (const hours of HOURS) {
        for (const language of ['en', 'es'] as const) {
          answers += 1;
          for (const message of faultsOf(content, judged, item, session, hours, language)) {
            const problem = { file: `answers.${language}.json`, key: `items.${item}`, message };
            problems.set(`${problem.file} ${problem.key} ${message}`, problem);
          }
        }
      }
    }
  }
  return { problems: [...problems.values()], answers };
}

function faultsOf(
  content: Pick<ProtocolContent, 'release'>,
  judged: Map<string, readonly string[]>,
  item: string,
  session: CareSession,
  hours: number,
  language: Language,
): readonly string[] {
  const now = addHours(session.endedAt, hours);
  const { release } = content;
  const { body } = answerQuestion({
    release,
    item,
    session,
    now,
    language,
    clinicName: LONGEST_NAME,
    phone: PHONE,
  });
  const known = judged.get(`${language} ${body}`);
  if (known !== undefined) return known;
  const faults = answerFaults(body, language);
  judged.set(`${language} ${body}`, faults);
  return faults;
}

function answerFaults(body: string, language: Language): string[] {
  const { segments, units } = analyse(body);
  const care = advicePart(body, LONGEST_NAME);
  const grade = gradeOf(care, language);
  return [
    ...sentenceFaults(body),
    ...(segments > MAX_SEGMENTS ? [`has ${units} septets in ${segments} segments`] : []),
    ...(/[{}]/.test(body) ? [`holds an unfilled placeholder: ${body}`] : []),
    ...(body.includes(PHONE) && body.includes('911') ? [] : ['misses the phone or 911']),
    ...(tooHard(grade, language)
      ? [`reads at ${grade.toFixed(1)}, ${READING_LIMITS[language]} is the limit: ${care}`]
      : []),
  ];
}

function sessions(): CareSession[] {
  return CLASS_IDS.flatMap((classId) => {
    const session = sampleSession(classId, '13:00');
    return [
      session,
      { ...session, skinType: 'sensitive' as const },
      { ...session, setting: 'home' as const },
    ];
  });
}
