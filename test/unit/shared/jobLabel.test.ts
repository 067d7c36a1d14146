import { jobLabels } from '../../../nodes/Transcription/shared/jobLabel';
import type { Transcript } from '../../../nodes/Transcription/transcript/model';

const labelOf = (parts: Partial<Transcript>, zone = 'UTC') =>
	jobLabels(zone)({ transcript: { provider: 'p', id: 'job-1', eventId: 'p:job-1:s', status: 'completed', ...parts } });

it('describes a job by date, state, length, and ID', () => {
	expect(labelOf({ createdAt: '2026-11-28T14:05:59Z', durationSeconds: 754 })).toBe(
		'2026-11-28 14:05 · Completed · 12:34 · job-1',
	);
});

it('shows the name of the recording and the start of the ID, which tells two jobs of the same recording apart', () => {
	const recording = { createdAt: '2026-11-28T14:05:59Z', recordingName: 'call.wav' };
	expect(labelOf({ ...recording, id: '9ea68fd3-f953-42c1-9742-976c447fb463' })).toBe(
		'2026-11-28 14:05 · Completed · call.wav · 9ea68fd3',
	);
	expect(labelOf({ ...recording, id: '1b7be5fa-7b80-4a7c-8c6b-0f3a2b9f5d11' })).toBe(
		'2026-11-28 14:05 · Completed · call.wav · 1b7be5fa',
	);
});

it('shows the date in the given time zone', () => {
	expect(labelOf({ createdAt: '2026-11-28T23:30:00Z' }, 'Asia/Tokyo')).toBe('2026-11-29 08:30 · Completed · job-1');
	expect(labelOf({ createdAt: '2026-11-28T23:30:00Z' }, 'America/New_York')).toMatch(/^2026-11-28 18:30 /);
});

it.each([
	['no date', {}],
	['an unreadable date', { createdAt: 'yesterday' }],
])('omits the date and the length of a job with %s', (_what, parts) => {
	expect(labelOf({ status: 'failed', ...parts })).toBe('Failed · job-1');
});
