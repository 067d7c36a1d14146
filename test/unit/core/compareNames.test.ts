import { compareNames } from '../../../nodes/Transcription/core/compareNames';

it('orders as a dictionary does: neither case nor accents count', () => {
	const names = ['Marathi', 'zulu', 'Māori', 'Malay', 'English', 'éwé', 'Estonian', 'Haitian Creole', 'Haitian'];
	expect(names.sort(compareNames)).toEqual(['English', 'Estonian', 'éwé', 'Haitian', 'Haitian Creole', 'Malay', 'Māori', 'Marathi', 'zulu']);
});

it('leaves equal names as they stand', () => {
	expect(compareNames('Kyrgyz', 'Kyrgyz')).toBe(0);
});
