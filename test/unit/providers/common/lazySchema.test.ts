import { z } from 'zod';
import { lazySchema } from '../../../../nodes/Transcription/providers/common/schemas';

it('builds the schema once, on first use', () => {
	const make = jest.fn(() => z.object({ id: z.string() }));
	const schema = lazySchema(make);
	expect(make).not.toHaveBeenCalled();
	expect(schema.parse({ id: 'a' })).toEqual({ id: 'a' });
	expect(schema.parse({ id: 'b' })).toEqual({ id: 'b' });
	expect(make).toHaveBeenCalledTimes(1);
});

it('reports the same issues as the schema itself', () => {
	const schema = z.object({ words: z.array(z.object({ start: z.number() })) });
	const response = { words: [{ start: 'now' }] };
	expect(lazySchema(() => schema).safeParse(response).error?.issues).toEqual(schema.safeParse(response).error?.issues);
});
