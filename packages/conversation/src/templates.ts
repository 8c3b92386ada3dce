import content from '../content/v1/replies.json' with { type: 'json' };

export type Language = 'en' | 'es';
export type TemplateId = keyof typeof content.templates;
/** The name under which a clinician signs these texts; draft until then (product-rules 1). */
export const repliesRelease = { id: content.id, version: content.version, status: content.status };

/** What a template may hold: names and numbers of the clinic, dates and times. Never words of the patient. */
export type TemplateValues = {
  readonly clinic: string;
  readonly phone: string;
  /** When staff saw the text, or by when to expect them; see `spokenMoment`. */
  readonly time?: string;
  readonly by?: string;
};

export const templateIds: readonly TemplateId[] = Object.keys(content.templates).filter(isTemplateId);

/** The wording as written, with its gaps in braces. */
export function wordingOf(id: TemplateId, language: Language): string {
  return content.templates[id][language];
}

/** One template with its gaps filled. Throws when a gap has no value: a bug, found by the template lint. */
export function fill(id: TemplateId, language: Language, values: TemplateValues): string {
  return fillGaps(wordingOf(id, language), values);
}

export function fillGaps(wording: string, values: TemplateValues): string {
  const byGap = new Map<string, string | undefined>(Object.entries(values));
  return wording.replaceAll(/\{(\w+)\}/g, (_, gap: string) => {
    const value = byGap.get(gap);
    if (value === undefined) throw new Error(`A template needs a value for ${gap}`);
    return value;
  });
}

function isTemplateId(id: string): id is TemplateId {
  return Object.hasOwn(content.templates, id);
}
