import { z } from 'zod';
import { lazySchema } from '../../../../nodes/Transcription/providers/common/schemas';

it('makes the reader once, when something is first read with it', () => {
	const make = jest.fn(() => z.object({ id: z.string() }));
	const reader = lazySchema(make);
	expect(make).not.toHaveBeenCalled();
	expect(reader.parse({ id: 'a' })).toEqual({ id: 'a' });
	expect(reader.parse({ id: 'b' })).toEqual({ id: 'b' });
	expect(make).toHaveBeenCalledTimes(1);
});

it('says of an answer what the reader itself would say', () => {
	const reader = z.object({ words: z.array(z.object({ start: z.number() })) });
	const answer = { words: [{ start: 'now' }] };
	expect(lazySchema(() => reader).safeParse(answer).error?.issues).toEqual(reader.safeParse(answer).error?.issues);
});
