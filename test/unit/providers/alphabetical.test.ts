import { alphabetically } from '../../../nodes/Transcription/core/compareNames';

it('orders as a dictionary does: neither case nor accents count', () => {
	const names = ['Marathi', 'zulu', 'Māori', 'Malay', 'English', 'éwé', 'Estonian', 'Haitian Creole', 'Haitian'];
	expect(names.sort(alphabetically)).toEqual(['English', 'Estonian', 'éwé', 'Haitian', 'Haitian Creole', 'Malay', 'Māori', 'Marathi', 'zulu']);
});

it('leaves equal names as they stand', () => {
	expect(alphabetically('Kyrgyz', 'Kyrgyz')).toBe(0);
});
