import { idsOf, listed, listedBy } from './listed';
import { SESSIONS, STT, useScriptix } from './scriptix.setup';

const scriptix = useScriptix();
const OLDER = { session_id: 's-1', status: 'done', created_at: '2025-12-01T10:00:00Z' };
const NEWER = { id: 's-2', status: 'completed', created_at: '2025-12-02T10:00:00Z' };
const sessions = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		session_id: `s-${n}`,
		status: 'done',
		created_at: new Date(2e12 - n * 1000).toISOString(),
	}));

it.each<[string, unknown]>([
	['a bare list', [NEWER, OLDER]],
	['results', { count: 2, results: [NEWER, OLDER] }],
	['data', { data: [NEWER, OLDER, { status: 'done' }, 7] }],
	['result.sessions', { result: { sessions: [NEWER, OLDER] } }],
])('reads the list from %s', async (_what, list) => {
	expect((await listedBy('scriptix', () => list)).ids).toEqual(['s-2', 's-1']);
});

it('reads pages until the total is reached, even if pages are smaller than requested', async () => {
	const all = sessions(90);
	const { ids } = await listedBy('scriptix', (query) => ({
		result: all.slice(Number(query.get('offset'))).slice(0, 25),
		total_results: 90,
	}));
	expect(ids).toEqual(all.map(({ session_id: id }) => id));
});

it('skips no session if others are deleted between two pages', async () => {
	const all = sessions(150);
	const { ids } = await listedBy('scriptix', (query) => {
		const result = all.slice(Number(query.get('offset')), Number(query.get('offset')) + Number(query.get('limit')));
		all.splice(0, 5);
		return { result, total_results: all.length };
	});
	expect(ids).toEqual(sessions(150).map(({ session_id: id }) => id));
});

it('continues after a page with only deleted sessions', async () => {
	const all = sessions(300).map((session, index) => ({ ...session, is_deleted: index >= 100 && index < 250 }));
	const { ids, failure } = await listedBy('scriptix', (query) => ({
		result: all.slice(Number(query.get('offset')), Number(query.get('offset')) + Number(query.get('limit'))),
		total_results: all.length,
	}));
	expect(failure).toBeUndefined();
	expect(ids).toEqual(all.filter((session) => !session.is_deleted).map(({ session_id: id }) => id));
});

it('fails if the service ignores the query and returns an incomplete list', async () => {
	const { failure } = await listedBy('scriptix', () => ({ result: sessions(25), total_results: 90 }));
	expect(failure?.message).toContain('repeats itself');
});

it('omits deleted sessions and keeps those with an unknown status', async () => {
	const { jobs } = await listedBy('scriptix', () => [
		{ ...NEWER, is_deleted: true },
		{ session_id: 7, status: 0, date_session_start: '2026-06-01T00:00:00Z' },
	]);
	expect(jobs.map(({ transcript }) => transcript)).toEqual([
		expect.objectContaining({ id: '7', status: 'processing', createdAt: '2026-06-01T00:00:00Z' }),
	]);
});

it('lists the sandbox’s sessions, newest first', async () => {
	const done = [await scriptix.finished(SESSIONS), await scriptix.finished(SESSIONS)];
	scriptix.service.sandbox.jobs.failNext('No speech');
	const failed = await scriptix.finished(SESSIONS);
	expect(idsOf(await listed('scriptix', scriptix.setup(SESSIONS)))).toEqual([failed, done[1], done[0]]);
	expect(idsOf(await listed('scriptix', scriptix.setup(SESSIONS), { status: 'failed' }))).toEqual([failed]);
});

it('isn’t available with the batch upload API', async () => {
	await expect(listed('scriptix', scriptix.setup(STT))).rejects.toThrow('can’t list jobs');
	expect(scriptix.service.asked()).toEqual([]);
});
