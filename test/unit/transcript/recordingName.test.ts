import { recordingNameOf, withoutExtension } from '../../../nodes/Transcription/transcript/recordingName';

describe('recordingNameOf', () => {
	it.each([
		['a file name', 'Call with Ada.mp3', 'Call with Ada.mp3'],
		['a title', 'Weekly sync: budget', 'Weekly sync: budget'],
		['a title with a question mark', 'What now? #2', 'What now? #2'],
		['a path', '/recordings/2026/call.wav', 'call.wav'],
		['a Windows path', 'C:\\calls\\call.wav', 'call.wav'],
		['a URL', 'https://example.com/audio/board%20meeting.m4a', 'board meeting.m4a'],
		['a URL with a stray percent sign', 'https://example.com/100%.mp3', '100%.mp3'],
	])('returns the name in %s', (_, reported, name) => {
		expect(recordingNameOf(reported)).toBe(name);
	});

	it('never returns the query of a URL', () => {
		expect(recordingNameOf('https://example.com/call.mp3?X-Signature=secret&file=other.wav')).toBe('call.mp3');
		expect(recordingNameOf('s3://bucket/calls/call.mp3?X-Amz-Signature=a/b.mp3')).toBe('call.mp3');
		expect(recordingNameOf('gs://bucket/call.wav#sig=1')).toBe('call.wav');
		expect(recordingNameOf('/recordings/call.mp3?token=a/b')).toBe('call.mp3');
	});

	it.each([
		['nothing', undefined],
		['a blank', ' '],
		['a URL whose last part is an ID', 'https://cdn.assemblyai.com/upload/9ea68fd3-f953-42c1-9742-976c447fb463'],
		['a URL without a path', 'https://example.com'],
		['a URL with another protocol whose last part is an ID', 's3://bucket/9ea68fd3'],
		['a URL of a program', 'https://example.com/download.php'],
	])('returns undefined for %s', (_, reported) => {
		expect(recordingNameOf(reported)).toBeUndefined();
	});

	it('returns the first name', () => {
		expect(recordingNameOf(undefined, '', 'a.mp3', 'https://example.com/b.mp3')).toBe('a.mp3');
	});

	it('removes control characters and limits the length', () => {
		expect(recordingNameOf('a\r\nb.mp3')).toBe('a b.mp3');
		expect(recordingNameOf('x'.repeat(500))).toHaveLength(200);
	});
});

describe('withoutExtension', () => {
	it.each([
		['call.mp3', 'call'],
		['2026.11.29 sync.opus', '2026.11.29 sync'],
		['Call.M4A', 'Call'],
		['talk.3gp', 'talk'],
		['Dr. Smith', 'Dr. Smith'],
		['Dr.Smith', 'Dr.Smith'],
		['Interview 2024.05.12', 'Interview 2024.05.12'],
		['v2.10', 'v2.10'],
		['.oga', '.oga'],
	])('converts %s to %s', (name, expected) => {
		expect(withoutExtension(name)).toBe(expected);
	});
});
