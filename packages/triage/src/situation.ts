import type { AssessInput, Level, ReplySituation } from './assessment.ts';
import type { Facts } from './facts.ts';

function emergencySituation(facts: Facts): ReplySituation {
  const has = (name: string): boolean => facts.names.has(name);
  if (has('self_harm')) return 'self_harm';
  const otherSigns = [
    'breathing_difficulty',
    'throat_tongue_swelling',
    'fainting',
    'chest_pain',
    'confusion',
  ].some(has);
  if (!otherSigns && has('eye_severe') && has('substance_word')) return 'eye_substance';
  return 'emergency';
}

function urgentSituation(facts: Facts): ReplySituation {
  const has = (name: string): boolean => facts.names.has(name);
  if (has('uncontrolled_bleeding')) return 'bleeding';
  const feverWithSign =
    has('fever_now') && (has('hot_lump') || has('warmth') || has('swelling') || has('pain_now'));
  return feverWithSign ? 'urgent_er_now' : 'urgent';
}

function adminSituation(facts: Facts): ReplySituation {
  const has = (name: string): boolean => facts.names.has(name);
  if (has('wrong_number')) return 'wrong_number';
  if (has('complaint')) return 'complaint';
  if (has('billing')) return 'billing';
  if (has('booking')) return 'booking';
  if (has('staff_question')) return 'staff';
  return has('thanks') || has('all_good') || has('greeting') ? 'thanks' : 'staff';
}

/** Which family of reply fits a level (product-rules 3 and 5); the conversation package writes the text. */
export function situationOf(
  level: Level,
  facts: Facts,
  input: AssessInput,
  language: 'en' | 'es' | 'other',
): ReplySituation {
  switch (level) {
    case 'emergency':
      return emergencySituation(facts);
    case 'urgent':
      return urgentSituation(facts);
    case 'review':
      return facts.names.has('complaint') && facts.names.has('no_sign') ? 'complaint' : 'review';
    case 'admin':
      return adminSituation(facts);
    case 'unclear': {
      const photo = (input.media ?? 0) > 0 || facts.names.has('photo_sent');
      if (photo) return 'photo';
      return language === 'other' ? 'other_language' : 'unclear';
    }
    case 'self_care':
    case 'question':
    case 'opt_out':
    case 'opt_in':
    case 'help':
      return level;
  }
}
