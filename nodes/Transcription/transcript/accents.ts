/**
 * Accents in Latin, Greek, and Cyrillic, and vowel points in Hebrew and Arabic. In other scripts, marks are letters.
 */
export const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
