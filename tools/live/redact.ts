import type { Conditions, Run } from './run';
import { idsOf } from './drift';
import { idInSegment, looksLikeId, placeholderFor } from './ids';

/** Stand-ins for hosts. */
export const SERVICE_URL = 'https://service.example';
export const CALLBACK_URL = 'https://callback.example';
const SAMPLE_URL = 'https://sample.example';
const OTHER_URL = 'https://elsewhere.example';

/** Replaces the workflow's ID in callback URLs. */
export const WORKFLOW_ID = 'LiveCheck0000001';

/** Fields about people and accounts. */
const PERSONAL = /user|owner|account|email|customer|organi[sz]ation|workspace|project|team|creat(ed_by|or)/i;

/** Fields whose text was written by the service. */
const MESSAGE = /^(message|msg|detail|description)$/;

/** Words from file formats, speaker labels, the callback's secret header, and deleted transcripts. */
const OTHER_WORDS = 'webvtt speaker speakers channel unknown z t redacted token x transcription webhook secret'.split(
	' ',
);

const isToken = (text: string) => /^[\w.:+/-]{1,64}$/.test(text);

/** Replaces everything in recorded values that is secret, personal, or different in each run. */
export class Redactor {
	private readonly replaced: Array<readonly [text: string, placeholder: string]>;
	private readonly placeholders: ReadonlyMap<string, string>;
	private readonly vocabulary: ReadonlySet<string>;
	private readonly hosts: ReadonlyArray<readonly [url: string, placeholder: string]>;

	/** @param sampleText the words of the submitted recording */
	constructor(
		run: Run,
		{ callbacks, sampleUrl, workflowId }: Pick<Conditions, 'callbacks' | 'sampleUrl' | 'workflowId'>,
		sampleText: string,
	) {
		const ids = [...idsOf(run)].filter((id) => id !== workflowId && !run.sentIds.includes(id));
		this.placeholders = new Map(ids.map((id, index) => [id, placeholderFor(id, index + 1)]));
		this.replaced = [
			...run.secrets.map((secret) => [secret, '[redacted]'] as const),
			[workflowId, WORKFLOW_ID] as const,
			...this.placeholders,
			// Longest first, because an ID may be part of another one.
		].sort(([a], [b]) => b.length - a.length);
		this.hosts = [
			[run.baseUrl, SERVICE_URL],
			...(callbacks ? [[new URL(callbacks.base).origin, CALLBACK_URL] as const] : []),
			...(sampleUrl === undefined ? [] : [[new URL(sampleUrl).origin, SAMPLE_URL] as const]),
		];
		this.vocabulary = new Set([...wordsIn(sampleText), ...OTHER_WORDS]);
	}

	/** Returns an ID's placeholder, or undefined if the text isn't an ID. */
	id(text: string): string | undefined {
		return this.placeholders.get(text);
	}

	/** Redacts text written by people, such as error messages. */
	message(text: string): string {
		return this.withoutKnown(text)
			.replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, 'user@example.com')
			.replace(/[\w-]{16,}/g, (word) => (looksLikeId(word) && !isPlaceholder(word) ? '[token]' : word));
	}

	/** Redacts recognized text, or a file made from it. Keeps only the sample's words, punctuation, and digits. */
	transcript(text: string): string {
		return this.message(text).replace(/\p{L}[\p{L}\p{M}'’]*/gu, (word) =>
			this.vocabulary.has(word.toLowerCase()) ? word : 'text',
		);
	}

	/** @param isPublic whether texts are error messages, or the same for all accounts */
	json(value: unknown, isPublic: boolean, field = ''): unknown {
		if (typeof value === 'string') return this.string(value, isPublic, field);
		if (typeof value === 'number') {
			const placeholder = this.replaced.find(([text]) => text === String(value))?.[1];
			return placeholder === undefined ? value : Number(placeholder);
		}
		if (value === null || typeof value !== 'object') return value;
		if (Array.isArray(value)) return value.map((item: unknown) => this.json(item, isPublic, field));
		return Object.fromEntries(
			Object.entries(value).map(([name, member]) => [this.message(name), this.json(member, isPublic, name)]),
		);
	}

	private string(text: string, isPublic: boolean, field: string): string {
		const known = this.withoutKnown(text);
		if (PERSONAL.test(field) && known === text && !/^\d*$/.test(text)) return 'redacted';
		if (known !== text && isToken(text)) return known;
		if (isPublic || MESSAGE.test(field) || /^https?:/.test(text)) return this.message(text);
		if (isToken(text) && !(looksLikeId(text) && text.length >= 16)) return text;
		return this.transcript(text);
	}

	private withoutKnown(text: string): string {
		const urls = text.replace(/https?:\/\/[^\s"'<>\\]+/g, (url) => this.url(url));
		return this.replaced.reduce((rest, [known, placeholder]) => rest.replaceAll(known, placeholder), urls);
	}

	/** Keeps the path without its IDs, and the names of the query parameters. */
	private url(url: string): string {
		if (!URL.canParse(url)) return OTHER_URL;
		const host = this.hosts.find(([start]) => url.startsWith(start));
		const { pathname, search, searchParams, username } = new URL(url);
		// For example, a link to the documentation.
		const isPublic = !host && !search && !username && !pathname.split('/').some((segment) => this.isUnsafe(segment));
		if (isPublic) return url;
		const path = (host ? url.slice(host[0].length).replace(/[?#].*/s, '') : pathname)
			.split('/')
			.map((segment) => this.segment(segment, host !== undefined))
			.join('/');
		const query = search && `?${[...searchParams.keys()].map((name) => `${name}=x`).join('&')}`;
		return `${host?.[1] ?? OTHER_URL}${path}${query}`;
	}

	private isUnsafe(segment: string): boolean {
		return looksLikeId(segment) || idInSegment(segment, this.placeholders.keys()) !== undefined;
	}

	/** Links to other hosts may have tokens in their path. */
	private segment(segment: string, isOwn: boolean): string {
		const found = idInSegment(segment, this.placeholders.keys());
		if (!found) return isOwn || segment.length < 16 ? segment : 'x';
		const placeholder = this.placeholders.get(found.id) ?? '';
		return placeholder.slice(0, found.prefix.length) + segment.slice(found.prefix.length);
	}
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];

const isPlaceholder = (word: string) =>
	word === WORKFLOW_ID || /^(id0+\d+|0{8,}\d+|00000000-0000-4000-8000-\d{12})$/.test(word);
