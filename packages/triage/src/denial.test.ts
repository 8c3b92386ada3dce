import { describe, expect, it } from 'vitest';
import type { Standing } from './circumstances.ts';
import { findConcepts } from './concepts.ts';

/** How a sign stands in a text: the strongest of its findings. */
function standing(text: string, concept: string): Standing | undefined {
  return findConcepts(text, false).found.find((finding) => finding.concept === concept)?.standing;
}

describe('a denial does not run on to a sign that is there', () => {
  it.each([
    ['no fever, redness spreading', 'spreading_redness'],
    ['sin fiebre con dolor de pecho', 'chest_pain'],
    ["didn't eat and fainted", 'fainting'],
    ['no comí y me desmayé', 'fainting'],
    ['no breakfast, fainted', 'fainting'],
    ['no sleep, fever all night', 'fever'],
    ['no dormí, fiebre toda la noche', 'fever'],
    ['no fever I have pus', 'pus'],
    ['no fever she is confused', 'confusion'],
    ['not just red, pus too', 'pus'],
    ['no redness but hives', 'hives'],
    ['me desmayé, no tengo dolor', 'fainting'],
    ['pulse ox 86, no thanks', 'breathing_difficulty'],
    ['no signs of infection, throat is closing', 'throat_tongue_swelling'],
    ['tengo la garganta cerrada y todo normal', 'throat_tongue_swelling'],
    ['ni hablar puedo de la falta de aire', 'breathing_difficulty'],
    ['sangra sin parar', 'uncontrolled_bleeding'],
    ['no fever, throat closing', 'throat_tongue_swelling'],
    ['no fever and breathing is hard', 'breathing_difficulty'],
    ['my throat hasnt stopped swelling', 'throat_tongue_swelling'],
    ['the skin isnt pink its black', 'skin_necrosis'],
    ['garganta cerrada no tengo epipen', 'throat_tongue_swelling'],
    ['me duele el pecho, la cara bien', 'chest_pain'],
    ['pus, no fiebre, es infección, no?', 'pus'],
    ['fever? not so sure', 'fever'],
    ['throat swelling? not any better', 'throat_tongue_swelling'],
    ['my chest never hurt so much', 'chest_pain'],
    ['no fever, redness spreading, should I come today or tomorrow', 'spreading_redness'],
    ['no concerns other than passing out', 'fainting'],
    ['ningún problema aparte de que me desmayé', 'fainting'],
    ['no mames me desmaye en el metro', 'fainting'],
    ['no pos perdi el conocimiento', 'fainting'],
    ['no ando bien perdi el sentido', 'fainting'],
    ['no fiebre no pus si dolor de pecho', 'chest_pain'],
    ['nada de fiebre nada de pus mucha falta de aire', 'breathing_difficulty'],
    ['no to all of it: fever, chills, but pus since last night', 'pus'],
    ['none of these except pus', 'pus'],
    ['respiro bien poquito, me falta el aire', 'breathing_difficulty'],
  ])('%s', (text, concept) => {
    expect(standing(text, concept)).toBe('present');
  });
});

describe('a denial reaches what it denies', () => {
  it.each([
    ['no fever, pus or hives', 'hives'],
    ['no fever or spreading redness', 'spreading_redness'],
    ['sin fiebre ni dolor de pecho', 'chest_pain'],
    ["didn't faint", 'fainting'],
    ['fever no chills no pus no', 'fever'],
    ["the skin isn't black", 'skin_necrosis'],
    ['hives? not one so far', 'hives'],
    ['no redness and fever', 'fever'],
    ["I don't think I have a fever", 'fever'],
    ['no veo que hay pus', 'pus'],
    ['No to all: fever, chills, pus, blisters', 'blisters'],
    ["i don't have any of the things on your list: pus, hives", 'hives'],
    ['no tengo nada de lo que dice la hoja: fiebre, pus, ampollas', 'pus'],
    ['sin ronchas hasta ahora', 'hives'],
    ['no fever up to now', 'fever'],
    ['ni fiebre, puedo entrenar?', 'fever'],
    ['blisters, no he visto', 'blisters'],
    ["fever's gone, feeling human again", 'fever'],
  ])('%s', (text, concept) => {
    expect(standing(text, concept)).toBe('denied');
  });

  it.each(['no hives, breathing easy', 'no tengo ronchas y respiro bien'])(
    'who breathes well: %s',
    (text) => {
      expect(['denied', undefined]).toContain(standing(text, 'breathing_difficulty'));
    },
  );
});

describe('what was not there may be there now, and the other way round', () => {
  it.each([
    ['antes no tenía ronchas, ahora sí', 'hives'],
    ["didn't have hives before, do now", 'hives'],
    ['no chills last night, plenty today', 'chills'],
    ['never passed out in my life until 20 min ago', 'fainting'],
    ['a mi hermana no le salieron ampollas, a mí sí', 'blisters'],
    ['no fever until today', 'fever'],
    ['nunca me había desmayado hasta hace 20 min', 'fainting'],
    ['had a seizure as a kid and just now another one', 'seizure'],
    ['used to have seizures, just had one', 'seizure'],
    ['I used to faint a lot in school. Happened again this morning', 'fainting'],
    ['my sister had no fever but I do', 'fever'],
    ['de niña convulsionaba y hoy otra vez', 'seizure'],
  ])('now: %s', (text, concept) => {
    expect(standing(text, concept)).toBe('present');
  });

  it.each([
    ["had hives before, don't now", 'hives'],
    ['ya se me quitó la fiebre desde ayer', 'fever'],
    ['the hives cleared up', 'hives'],
    ['chills stopped two days ago', 'chills'],
    ['I had a seizure years ago. Another thing, can I book today?', 'seizure'],
    ['I had a seizure years ago, just had one question about makeup', 'seizure'],
    ['had a seizure as a kid and it hasnt happened again', 'seizure'],
    ['me desmayé hace años, hoy otra pregunta', 'fainting'],
  ])('no longer: %s', (text, concept) => {
    expect(standing(text, concept)).toBe('past');
  });

  it.each([
    ['the fever went away but came back', 'fever'],
    ['fever not gone', 'fever'],
    ["fever isn't gone", 'fever'],
    ['my vision is gone', 'vision_change'],
    ['red all over, fever', 'fever'],
    ['fever over a hundred', 'fever'],
    ['chest pain over 30 minutes', 'chest_pain'],
    ['I fainted this morning, not now', 'fainting'],
    ['hives and dizzy, ate nothing since this morning', 'hives'],
    ['fever gone crazy', 'fever'],
    ['blisters dried up then fresh ones', 'blisters'],
    ['the pus stopped and started again', 'pus'],
  ])('still: %s', (text, concept) => {
    expect(standing(text, concept)).toBe('present');
  });
});

describe('whose sign it is', () => {
  it.each([
    ['me and my son have a fever', 'fever'],
    ['mi hijo y yo tenemos fiebre, puedo ir a mi cita?', 'fever'],
    ["not me, my wife, your patient, she's collapsed", 'fainting'],
    ['what do I do about the pus', 'pus'],
  ])('the writer’s or the patient’s: %s', (text, concept) => {
    expect(standing(text, concept)).toBe('present');
  });
});

describe('another’s sign is not the writer’s because both are named', () => {
  it.each([
    ['My husband and I love it. My dog has a fever', 'fever'],
    ['my husband and i saw our dog had a seizure', 'seizure'],
  ])('%s', (text, concept) => {
    expect(standing(text, concept)).toBe('other');
  });
});

describe('plain words for an emergency', () => {
  it.each([
    ['call 911 for me', 'emergency_call'],
    ['manden una ambulancia a mi casa', 'emergency_call'],
    ['i overdosed', 'overdose'],
    ['me tomé todo el frasco de tramadol', 'overdose'],
    ['me tomé treinta pastillas', 'overdose'],
    ['mixed pills and vodka', 'overdose'],
    ['mándenme una ambulancia', 'emergency_call'],
    ['ambulancia ya', 'emergency_call'],
    ['get me an ambulance', 'emergency_call'],
    ["I'm done with life", 'self_harm'],
    ['ya no kiero bivir', 'self_harm'],
    ['O2 86', 'breathing_difficulty'],
    ['saturación 84', 'breathing_difficulty'],
    ['asthma attack', 'breathing_difficulty'],
    ['im wheasing', 'breathing_difficulty'],
    ['satting 86', 'breathing_difficulty'],
    ['estoy saturando bajo', 'breathing_difficulty'],
    ['me dio un ataque de asma', 'breathing_difficulty'],
    ['my left arm went weak', 'face_droop_weakness'],
    ['perdí el habla', 'face_droop_weakness'],
    ['no puedo tragar', 'throat_tongue_swelling'],
    ['se me cortó el ojo con la aguja', 'eye_severe'],
    ['they used another patients needle on me', 'shared_needle'],
  ])('%s', (text, concept) => {
    expect(standing(text, concept)).toBe('present');
  });

  it.each([
    ['O2 98', 'breathing_difficulty'],
    ['bp 118/76', 'sepsis_signs'],
    ['pain 1 out of 10', 'extreme_pain'],
    ['when do I call 911?', 'emergency_call'],
    ['pueden mandarme la receta?', 'emergency_call'],
    ['my husband drives an ambulance', 'emergency_call'],
    ['can I have wine with my pills?', 'overdose'],
    ['tomé dos pastillas de ibuprofeno hace treinta minutos', 'overdose'],
    ['no blisters what should i do', 'blisters'],
    ['she has no fever like i do', 'fever'],
    ["I'm done with work, can I come at six?", 'self_harm'],
    ['on my way to work in the ER', 'emergency_call'],
    ['no puedo ver ningún cambio', 'vision_change'],
  ])('no sign: %s', (text, concept) => {
    expect(standing(text, concept)).not.toBe('present');
  });
});

describe('words that patterns ask for are read as they stand', () => {
  it.each([
    ['overdose', 'overdose'],
    ['se detiene', 'se detiene'],
    ['no tengo ronchas y respiro bien', 'no tengo ronchas y respiro bien'],
    ['dejen de mandarme eso', 'dejen de mandarme eso'],
    ['h ard to br eathe', 'hard to breathe'],
    ['sui cidal', 'suicidal'],
  ])('%s', (text, read) => {
    const words = findConcepts(text, false).reading.words.map(({ word }) => word);
    expect(words.join(' ')).toBe(read);
  });
});
