import { batchOf } from '../../../../nodes/Transcription/operations/wait/memory';

it('remembers what was seen of a batch, and forgets the longest untouched of more than a thousand', () => {
	batchOf('first').ended.set('a', { event: 'completed' });
	batchOf('second').ended.set('b', { event: 'failed' });
	for (let i = 0; i < 998; i++) batchOf(`other ${i}`);
	expect(batchOf('first').ended.has('a')).toBe(true);
	batchOf('one more');
	expect(batchOf('first').ended.has('a')).toBe(true);
	expect(batchOf('second').ended.has('b')).toBe(false);
});
