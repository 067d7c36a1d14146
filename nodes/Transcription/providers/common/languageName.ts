
/**
 * English names of all languages in the menus, from the Unicode CLDR. They are listed here because querying
 * `Intl.DisplayNames` takes a third of the time n8n needs to load this package at startup.
 */
const NAMES: Readonly<Record<string, string>> = {
	af: 'Afrikaans', afr: 'Afrikaans', am: 'Amharic', amh: 'Amharic', ar: 'Arabic', ara: 'Arabic', as: 'Assamese',
	asm: 'Assamese', ast: 'Asturian', az: 'Azerbaijani', aze: 'Azerbaijani', ba: 'Bashkir', be: 'Belarusian',
	bel: 'Belarusian', ben: 'Bangla', bg: 'Bulgarian', bn: 'Bangla', bo: 'Tibetan', bos: 'Bosnian', br: 'Breton',
	bs: 'Bosnian', bul: 'Bulgarian', ca: 'Catalan', cat: 'Catalan', ceb: 'Cebuano', ces: 'Czech', cmn: 'Chinese',
	cs: 'Czech', cy: 'Welsh', cym: 'Welsh', da: 'Danish', dan: 'Danish', de: 'German', deu: 'German', el: 'Greek',
	ell: 'Greek', en: 'English', 'en-au': 'Australian English', 'en-gb': 'British English',
	'en-us': 'American English', eng: 'English', eo: 'Esperanto', es: 'Spanish', est: 'Estonian', et: 'Estonian',
	eu: 'Basque', fa: 'Persian', fas: 'Persian', fi: 'Finnish', fil: 'Filipino', fin: 'Finnish', fo: 'Faroese',
	fr: 'French', fra: 'French', ful: 'Fula', ga: 'Irish', gl: 'Galician', gle: 'Irish', glg: 'Galician',
	gu: 'Gujarati', guj: 'Gujarati', ha: 'Hausa', hau: 'Hausa', haw: 'Hawaiian', he: 'Hebrew', heb: 'Hebrew',
	hi: 'Hindi', hin: 'Hindi', hr: 'Croatian', hrv: 'Croatian', ht: 'Haitian Creole', hu: 'Hungarian',
	hun: 'Hungarian', hy: 'Armenian', hye: 'Armenian', ia: 'Interlingua', ibo: 'Igbo', id: 'Indonesian',
	ind: 'Indonesian', is: 'Icelandic', isl: 'Icelandic', it: 'Italian', ita: 'Italian', ja: 'Japanese',
	jav: 'Javanese', jpn: 'Japanese', jv: 'Javanese', ka: 'Georgian', kan: 'Kannada', kat: 'Georgian',
	kaz: 'Kazakh', kea: 'Kabuverdianu', khm: 'Khmer', kir: 'Kyrgyz', kk: 'Kazakh', km: 'Khmer', kn: 'Kannada',
	ko: 'Korean', kor: 'Korean', kur: 'Kurdish', la: 'Latin', lao: 'Lao', lav: 'Latvian', lb: 'Luxembourgish',
	lin: 'Lingala', lit: 'Lithuanian', ln: 'Lingala', lo: 'Lao', lt: 'Lithuanian', ltz: 'Luxembourgish',
	lug: 'Ganda', luo: 'Luo', lv: 'Latvian', mal: 'Malayalam', mar: 'Marathi', mg: 'Malagasy', mi: 'Māori',
	mk: 'Macedonian', mkd: 'Macedonian', ml: 'Malayalam', mlt: 'Maltese', mn: 'Mongolian', mon: 'Mongolian',
	mr: 'Marathi', mri: 'Māori', ms: 'Malay', msa: 'Malay', mt: 'Maltese', my: 'Burmese', mya: 'Burmese',
	ne: 'Nepali', nep: 'Nepali', nl: 'Dutch', nld: 'Dutch', nn: 'Norwegian Nynorsk', no: 'Norwegian',
	nor: 'Norwegian', nso: 'Northern Sotho', nya: 'Nyanja', oc: 'Occitan', oci: 'Occitan', ori: 'Odia',
	pa: 'Punjabi', pan: 'Punjabi', pl: 'Polish', pol: 'Polish', por: 'Portuguese', ps: 'Pashto', pt: 'Portuguese',
	pus: 'Pashto', ro: 'Romanian', ron: 'Romanian', ru: 'Russian', rus: 'Russian', sa: 'Sanskrit', sd: 'Sindhi',
	si: 'Sinhala', sk: 'Slovak', sl: 'Slovenian', slk: 'Slovak', slv: 'Slovenian', sn: 'Shona', sna: 'Shona',
	snd: 'Sindhi', so: 'Somali', som: 'Somali', spa: 'Spanish', sq: 'Albanian', sr: 'Serbian', srp: 'Serbian',
	su: 'Sundanese', sv: 'Swedish', sw: 'Swahili', swa: 'Swahili', swe: 'Swedish', ta: 'Tamil', tam: 'Tamil',
	te: 'Telugu', tel: 'Telugu', tg: 'Tajik', tgk: 'Tajik', th: 'Thai', tha: 'Thai', tk: 'Turkmen', tl: 'Filipino',
	tr: 'Turkish', tt: 'Tatar', tur: 'Turkish', ug: 'Uyghur', uk: 'Ukrainian', ukr: 'Ukrainian', umb: 'Umbundu',
	ur: 'Urdu', urd: 'Urdu', uz: 'Uzbek', uzb: 'Uzbek', vi: 'Vietnamese', vie: 'Vietnamese', wol: 'Wolof',
	xho: 'Xhosa', yi: 'Yiddish', yo: 'Yoruba', yue: 'Cantonese', zh: 'Chinese', zho: 'Chinese', zul: 'Zulu',
};

/** The English name of a language; the tag itself if it isn't in the table. @param tag such as `en` or `en-gb` */
export const languageName = (tag: string): string => NAMES[tag] ?? tag;
