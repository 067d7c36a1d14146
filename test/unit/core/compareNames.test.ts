import { compareNames } from '../../../nodes/Transcription/core/compareNames';

it('ignores case and accents', () => {
	const names = ['Marathi', 'zulu', 'Māori', 'Malay', 'English', 'éwé', 'Estonian', 'Haitian Creole', 'Haitian'];
	expect(names.sort(compareNames)).toEqual([
		'English',
		'Estonian',
		'éwé',
		'Haitian',
		'Haitian Creole',
		'Malay',
		'Māori',
		'Marathi',
		'zulu',
	]);
});

it('returns 0 for equal names', () => {
	expect(compareNames('Kyrgyz', 'Kyrgyz')).toBe(0);
});
