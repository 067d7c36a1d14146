import {
	callbackStatusOf,
	callbackUrlOf,
	headersIn,
	isGone,
	jobResponseSchema,
	reasonOf,
	toStatus,
} from '../../../../nodes/Transcription/providers/speechmatics/transcript/jobDetails';

const job = (more: object = {}) => jobResponseSchema.parse({ job: { id: 'job-1', status: 'done', ...more } }).job;
const errors = (...messages: string[]) =>
	job({ errors: messages.map((message) => ({ message, timestamp: '2021-07-19T09:04:11.080Z' })) });

// Source: Speechmatics docs, “Notifications”, section “Notification failure”.
const NOT_DELIVERED = [
	'Error in sending notification: unable to send notification: HTTPError: Post "https://example.com/500?id=1uyo82b1bv&status=success": context deadline exceeded (Client.Timeout exceeded while awaiting headers), retrying',
	'Error in sending notification: unable to send notification: Response status: 502, retrying',
	'unable to send notification: unable to send notification: Response status: 500',
	'Sending notification failed',
];

describe('Speechmatics job', () => {
	it.each([
		['running', 'processing'],
		['done', 'completed'],
		['rejected', 'failed'],
		['something_new', 'processing'],
		['constructor', 'processing'],
	])('with the status %s is %s', (status, ours) => {
		expect(toStatus(status)).toBe(ours);
	});

	it.each([
		['deleted', true],
		['expired', true],
		['done', false],
		['rejected', false],
	])('with the status %s no longer exists: %p', (status, gone) => {
		expect(isGone(job({ status }))).toBe(gone);
	});

	it('has every failure reason once', () => {
		expect(reasonOf(errors('http status code 404', 'http status code 404', 'Corrupt file'))).toBe(
			'http status code 404; Corrupt file',
		);
	});

	it('has no failure reason for an undelivered callback', () => {
		expect(reasonOf(errors(...NOT_DELIVERED))).toBeUndefined();
	});

	it('has the final response status of its callback', () => {
		expect(callbackStatusOf(errors(...NOT_DELIVERED))).toBe(500);
	});

	it('has no callback status while the callback is retried', () => {
		expect(callbackStatusOf(errors(...NOT_DELIVERED.slice(0, 2)))).toBeUndefined();
	});

	it('has no callback status if the recording was not found', () => {
		expect(callbackStatusOf(errors('unable to fetch audio: Response status: 404'))).toBeUndefined();
	});

	it.each<[string, object | null]>([
		['no config', null],
		['no callbacks', { notification_config: null }],
		['callbacks that aren’t a list', { notification_config: 'x' }],
		['a callback without a URL', { notification_config: [{ contents: [] }] }],
	])('has no callback URL with %s', (_what, config) => {
		expect(callbackUrlOf(job({ config }))).toBeUndefined();
	});

	it('prefers the trigger among several callbacks', () => {
		const urls = ['https://example.com/hook', 'https://n8n.example.com/webhook/abc/speechmatics'];
		expect(callbackUrlOf(job({ config: { notification_config: urls.map((url) => ({ url })) } }))).toBe(urls[1]);
	});

	it('has another callback URL if none belongs to a trigger', () => {
		expect(callbackUrlOf(job({ config: { notification_config: [{ url: 'https://example.com/hook' }] } }))).toBe(
			'https://example.com/hook',
		);
	});

	it('has the headers of callbacks and of the recording', () => {
		const config = {
			fetch_data: { url: 'u', auth_headers: ['A: 1'] },
			notification_config: [{ auth_headers: ['B: 2', 'C: 3'] }, {}],
		};
		expect(headersIn(job({ config }))).toEqual(['A: 1', 'B: 2', 'C: 3']);
	});
});
