import { uuidOf } from '../../../nodes/Transcription/core/uuid';

describe('Name-based UUIDs', () => {
	it('are valid UUIDs of version 5', () => {
		for (let index = 0; index < 200; index++) {
			expect(uuidOf(`name ${index}`)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		}
	});

	it('never change, because vector stores contain them', () => {
		expect(uuidOf('soniox:job-1#0')).toBe('100b85a8-f5d2-54f3-8022-39b23359964b');
	});

	it('differ for each name', () => {
		expect(new Set(Array.from({ length: 1000 }, (_, index) => uuidOf(String(index)))).size).toBe(1000);
	});
});
