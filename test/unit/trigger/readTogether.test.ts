import { readTogether } from '../../../nodes/Transcription/trigger/readTogether';

/** A reader that answers when it is told to, with how often it was asked. */
function reader() {
	const answers: Array<(error?: Error) => void> = [];
	const read = async () => {
		const number = answers.length + 1;
		await new Promise<void>((resolve, reject) => answers.push((error) => (error ? reject(error) : resolve())));
		return number;
	};
	return { read, answers };
}

it('reads once for all who ask before the answer has come', async () => {
	const { read, answers } = reader();
	const together = readTogether<number>();
	const asked = Promise.all([together('key', read), together('key', read), together('key', read)]);
	answers[0]?.();
	expect(await asked).toEqual([
		{ value: 1, shared: false },
		{ value: 1, shared: true },
		{ value: 1, shared: true },
	]);
	expect(answers).toHaveLength(1);
});

it('keeps nothing: who asks afterwards has it read anew', async () => {
	const together = readTogether<number>();
	await together('key', async () => 1);
	expect(await together('key', async () => 2)).toEqual({ value: 2, shared: false });
});

it('does not mix what has different keys', async () => {
	const together = readTogether<string>();
	const [a, b] = await Promise.all([together('a', async () => 'A'), together('b', async () => 'B')]);
	expect([a, b]).toEqual([
		{ value: 'A', shared: false },
		{ value: 'B', shared: false },
	]);
});

it('lets everybody read for themselves where the shared reading fails', async () => {
	const { read, answers } = reader();
	const together = readTogether<number>();
	const asked = Promise.allSettled([together('key', read), together('key', async () => 2)]);
	answers[0]?.(new Error('gone'));
	const [first, second] = await asked;
	expect(first).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
	expect(second).toEqual({ status: 'fulfilled', value: { value: 2, shared: false } });
	expect(await together('key', async () => 3)).toEqual({ value: 3, shared: false });
});

it('shares no reading that began more than a second ago, since it may hang', async () => {
	const now = jest.spyOn(Date, 'now');
	try {
		now.mockReturnValue(5_000);
		const { read, answers } = reader();
		const together = readTogether<number>();
		const hanging = together('key', read);
		now.mockReturnValue(6_000);
		const other = together('key', read);
		answers[1]?.();
		expect(await other).toEqual({ value: 2, shared: false });
		answers[0]?.();
		expect(await hanging).toEqual({ value: 1, shared: false });
	} finally {
		now.mockRestore();
	}
});
