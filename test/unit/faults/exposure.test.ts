import { exposureIn } from '../../../tools/faults/exposure';

const eventId = 'assemblyAi:1:completed';
const rows = (via: 'callback' | 'recovery') => new Map([[eventId, { eventId, via, at: 10_000 }]]);
const run = (startTime: number, executionTime: number, json = {}) => [
	{ startTime, executionTime, outputs: [[{ json }]] },
];
const runs = { Trigger: run(9_000, 500, { eventId }), Acknowledge: run(10_020, 30) };

it('lasts from when the CRM stored the transcript until it was acknowledged', () => {
	expect(exposureIn({ runs }, rows('callback'))).toBe(50);
});

it('is undefined for recovered and missing transcripts, and for crashed executions', () => {
	expect(exposureIn({ runs }, rows('recovery'))).toBeUndefined();
	expect(exposureIn({ runs }, new Map())).toBeUndefined();
	expect(exposureIn({ runs: { Trigger: runs.Trigger } }, rows('callback'))).toBeUndefined();
	expect(exposureIn({ runs: {} }, rows('callback'))).toBeUndefined();
});
