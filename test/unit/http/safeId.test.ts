import fc from 'fast-check';
import { UserError } from '../../../nodes/Transcription/core/userError';
import { isSafeId, safeId } from '../../../nodes/Transcription/http/safeId';

describe('safeId', () => {
	it('returns a valid ID unchanged', () => {
		expect(safeId('9ea68fd3-f953-42c1-9742-976c447fb463')).toBe('9ea68fd3-f953-42c1-9742-976c447fb463');
	});

	it.each(['../transcript', 'a/b', 'a?b', 'a#b', 'a%2Fb', '.', 'a b', 'ä', 'a\n', 'x'.repeat(129)])(
		'rejects “%s” and quotes it',
		(id) => {
			expect(() => safeId(id)).toThrow(`“${id.slice(0, 60)}” isn’t a valid transcript ID`);
		},
	);

	it.each(['', '  '])('reports “%s” as empty', (id) => {
		expect(() => safeId(id)).toThrow('“Transcript ID” is empty');
	});

	it('only accepts IDs that are exactly one path segment', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aZ0_-./%?#') }), fc.uuid()), (id) => {
				const accepted = /^[A-Za-z0-9_-]{1,128}$/.test(id);
				expect(isSafeId(id)).toBe(accepted);
				if (accepted) expect(new URL(`https://x/v2/${safeId(id)}`).pathname).toBe(`/v2/${id}`);
				else expect(() => safeId(id)).toThrow(UserError);
			}),
		);
	});
});
