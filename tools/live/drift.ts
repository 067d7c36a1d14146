import { contentOf } from './content';
import type { Exchange } from './exchange';
import { collectIds, pathTemplate } from './ids';
import { CLEANUP, type Outcome, type Run, WAITING } from './run';
import { formatOf, type JsonType, type Shape, shapeOf } from './shape';

/**
 * A difference between the sandbox and the service. `breaking`: code that relies on the sandbox may fail with the service.
 * `minor`: an optional field that only one side has, a different wording, or a value that only one side sent.
 */
export interface Drift {
	request: string;
	/** The place in the response, e.g. `body.words[].start`. */
	place: string;
	sandbox: string;
	real: string;
	grade: 'breaking' | 'minor';
}

/** Response headers that code relies on. */
const HEADERS = ['content-type', 'retry-after', 'location', 'content-disposition'];

/** Callback headers that depend on the route and the client, not on the contract. */
const TRANSPORT_HEADERS =
	/^(host|connection|content-length|transfer-encoding|accept.*|user-agent|via|forwarded|x-forwarded-.*|x-real-ip|x-request-id|x-amzn-.*|cf-.*|cdn-.*|true-client-ip|traceparent|tracestate|baggage|sentry-trace|x-datadog-.*|ngrok-.*|date|priority|te|cookie|cache-control|pragma)$/;

type Report = (place: string, sandbox: string, real: string, grade: Drift['grade']) => void;

/** @param enums names of fields whose values are compared */
export function driftBetween(sandbox: Run, real: Run, enums: readonly string[]): Drift[] {
	const drift: Drift[] = [];
	const reporter =
		(request: string): Report =>
		(place, sandboxValue, realValue, grade) =>
			drift.push({ request, place, sandbox: sandboxValue, real: realValue, grade });
	const ids = [...idsOf(sandbox), ...idsOf(real)];
	const [expected, actual] = [answersOf(sandbox), answersOf(real)];
	for (const request of new Set([...expected.keys(), ...actual.keys()])) {
		const [ours, theirs] = [expected.get(request), actual.get(request)];
		const report = reporter(request);
		if (ours && theirs) compareAnswers(ours, theirs, { enums, ids }, report);
		// A short job may skip some states, so the states of the two jobs can differ.
		else if (!request.startsWith(WAITING)) {
			report('request', ours ? 'sent' : 'not sent', theirs ? 'sent' : 'not sent', 'breaking');
		}
	}
	for (const step of new Set([...sandbox.outcomes.keys(), ...real.outcomes.keys()])) {
		compareOutcomes(sandbox.outcomes.get(step), real.outcomes.get(step), ids, reporter(step));
	}
	compareDeliveries(sandbox, real, { enums, ids }, reporter('callback'));
	return drift;
}

interface Answers {
	statuses: Set<number>;
	headers: Map<string, Set<string>>;
	/** e.g. JSON or SubRip */
	kinds: Set<string>;
	jsons: unknown[];
	/** Whether the service refused the request. If so, the texts are error messages. */
	isRefusal: boolean;
	/** Whether the job is running. If so, values may still be null. */
	isRunning: boolean;
}

/** The responses of a run, grouped by step, method, and path. */
function answersOf(run: Run): Map<string, Answers> {
	const known = idsOf(run);
	const groups = new Map<string, Answers>();
	for (const exchange of withoutRetried(run.exchanges)) {
		// The step after the last poll fetches the same data again, which no longer changes by then.
		const isLastPoll = exchange.step.startsWith(WAITING) && exchange.step.endsWith('(completed)');
		if (exchange.step === CLEANUP || isLastPoll) continue;
		const path = exchange.isSigned ? 'signed URL' : pathTemplate(exchange.url, run.baseUrl, known);
		const request = `${exchange.step}: ${exchange.method} ${path}`;
		const group: Answers = groups.get(request) ?? {
			statuses: new Set(),
			headers: new Map(),
			kinds: new Set(),
			jsons: [],
			isRefusal: exchange.status >= 400,
			isRunning: exchange.step.startsWith(WAITING),
		};
		groups.set(request, group);
		group.statuses.add(exchange.status);
		for (const name of HEADERS) {
			const value = exchange.headers[name];
			if (value !== undefined)
				group.headers.set(name, (group.headers.get(name) ?? new Set()).add(headerValue(name, value)));
		}
		const content = contentOf(exchange.body, exchange.headers['content-type']);
		group.kinds.add(content.kind);
		if ('json' in content) group.jsons.push(exchange.step === 'list' ? ownEntries(content.json, run) : content.json);
	}
	return groups;
}

/** Returns all IDs that were sent or received in a run. */
export function idsOf({ exchanges, sentIds, delivery }: Run): Set<string> {
	const ids = new Set(sentIds);
	for (const { step, body, headers } of exchanges) {
		// Names of models and languages are public.
		if (step === 'models' || step === 'languages') continue;
		const content = contentOf(body, headers['content-type']);
		if ('json' in content) collectIds(content.json, ids);
	}
	if (delivery) {
		const content = contentOf(delivery.rawBody);
		if ('json' in content) collectIds(content.json, ids);
		collectIds(Object.fromEntries(delivery.query), ids);
	}
	return ids;
}

/** Leaves out responses that made the client repeat the request, e.g. 429, because they depend on the service's load. */
export function withoutRetried(exchanges: readonly Exchange[]): Exchange[] {
	return exchanges.filter(({ status, step, method, url }, index) => {
		const next = exchanges[index + 1];
		const isRepeated = next?.step === step && next.method === method && next.url === url;
		return !(isRepeated && (status === 429 || status >= 500));
	});
}

/** Leaves out the account's other jobs. */
export function ownEntries(json: unknown, run: Pick<Run, 'exchanges'>): unknown {
	const own = new Set<string>();
	for (const { step, body } of run.exchanges) {
		const content = step.startsWith('submit') ? contentOf(body) : undefined;
		if (content && 'json' in content) collectIds(content.json, own);
	}
	const isOwn = (entry: unknown) => {
		if (entry === null || typeof entry !== 'object') return true;
		const text = JSON.stringify(entry);
		return [...own].some((id) => text.includes(id));
	};
	const filter = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.filter(isOwn);
		if (value === null || typeof value !== 'object') return value;
		return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filter(member)]));
	};
	return filter(json);
}

function headerValue(name: string, value: string): string {
	if (name === 'content-type') return value.split(';')[0]?.trim().toLowerCase() ?? '';
	return name === 'content-disposition' ? (value.split(';')[0] ?? '') : 'present';
}

const listed = (values: Iterable<string | number>): string => [...values].map(String).sort().join(', ');

function compareAnswers(ours: Answers, theirs: Answers, known: Known, report: Report): void {
	const newStatuses = [...theirs.statuses].filter((status) => !ours.statuses.has(status));
	if (newStatuses.length > 0) report('status', listed(ours.statuses), listed(newStatuses), 'breaking');
	for (const name of HEADERS) {
		const [expected, actual] = [ours.headers.get(name), theirs.headers.get(name)];
		const differs = actual ? [...actual].some((value) => !expected?.has(value)) : expected !== undefined;
		const grade = expected && (name !== 'content-type' || ours.kinds.has('JSON')) ? 'breaking' : 'minor';
		if (differs) report(`header ${name}`, listed(expected ?? ['absent']), listed(actual ?? ['absent']), grade);
	}
	const newKinds = [...theirs.kinds].filter((kind) => !ours.kinds.has(kind));
	if (newKinds.length > 0) report('body', listed(ours.kinds), listed(newKinds), 'breaking');
	else if (theirs.jsons.length > 0) {
		const rules = { ...known, isRefusal: theirs.isRefusal, isRunning: theirs.isRunning };
		compareShapes('body', shapeOf(ours.jsons), shapeOf(theirs.jsons), rules, report);
	}
}

interface Known {
	/** Names of fields whose values are compared. */
	enums: readonly string[];
	/** All IDs from both runs. */
	ids: readonly string[];
}

interface Rules extends Known, Pick<Answers, 'isRefusal' | 'isRunning'> {}

function compareShapes(place: string, ours: Shape, theirs: Shape, rules: Rules, report: Report): void {
	const isKnown = (type: JsonType) =>
		ours.types.has(type) ||
		(type === 'integer' && ours.types.has('number')) ||
		(rules.isRunning && (type === 'null' || listed(ours.types) === 'null'));
	const newTypes = [...theirs.types].filter((type) => !isKnown(type));
	if (newTypes.length > 0) {
		const isUnknown = listed(ours.types) === 'null';
		const isFraction = listed(newTypes) === 'number' && ours.types.has('integer');
		report(place, listed(ours.types), listed(newTypes), isUnknown || isFraction ? 'minor' : 'breaking');
	}
	compareStrings(place, ours, theirs, rules, report);
	if (ours.items && theirs.items) compareShapes(`${place}[]`, ours.items, theirs.items, rules, report);
	else if (ours.types.has('array') && theirs.types.has('array') && Boolean(ours.items) !== Boolean(theirs.items)) {
		report(`${place}[]`, ours.items ? 'items' : 'no items', theirs.items ? 'items' : 'no items', 'minor');
	}
	if (ours.objects > 0 && theirs.objects > 0) compareFields(place, ours, theirs, rules, report);
}

function compareFields(place: string, ours: Shape, theirs: Shape, rules: Rules, report: Report): void {
	for (const [name, { shape, count }] of ours.fields) {
		const actual = theirs.fields.get(name);
		const isOptional = count < ours.objects || shape.types.has('null');
		if (!actual) {
			report(`${place}.${name}`, listed(shape.types), 'absent', isOptional ? 'minor' : 'breaking');
			continue;
		}
		if (actual.count < theirs.objects && !isOptional) {
			report(`${place}.${name}`, 'always present', 'sometimes absent', 'breaking');
		}
		compareShapes(`${place}.${name}`, shape, actual.shape, rules, report);
	}
	for (const [name, { shape }] of theirs.fields) {
		if (!ours.fields.has(name)) report(`${place}.${name}`, 'absent', listed(shape.types), 'minor');
	}
}

function compareStrings(place: string, ours: Shape, theirs: Shape, rules: Rules, report: Report): void {
	if (ours.strings.size === 0 || theirs.strings.size === 0) return;
	const field = place.replaceAll('[]', '').split('.').at(-1) ?? '';
	if (rules.enums.includes(field)) {
		const added = [...theirs.strings].filter((value) => !ours.strings.has(value));
		if (added.length > 0) report(place, listed(ours.strings), listed(added), 'breaking');
		return;
	}
	if (rules.isRefusal) {
		const [expected, actual] = [wordings(ours.strings, rules.ids), wordings(theirs.strings, rules.ids)];
		const added = [...actual].filter((wording) => !expected.has(wording));
		if (added.length > 0) report(place, listed(expected), listed(added), 'minor');
		return;
	}
	const formats = ({ strings }: Shape) => new Set([...strings].map(formatOf));
	const [expected, actual] = [formats(ours), formats(theirs)];
	const added = [...actual].filter((format) => !expected.has(format));
	if (added.length > 0) report(place, listed(expected), listed(added), 'minor');
}

/** Returns the messages without the IDs and other values that they quote. */
function wordings(texts: Iterable<string>, ids: readonly string[]): Set<string> {
	const withoutValues = (text: string) =>
		ids
			.reduce((rest, id) => rest.replaceAll(id, '…'), text)
			.split(' ')
			.map((word) => (/[\d…]/.test(word) ? '…' : word))
			.join(' ');
	return new Set([...texts].map(withoutValues));
}

function compareOutcomes(
	ours: Outcome | undefined,
	theirs: Outcome | undefined,
	ids: readonly string[],
	report: Report,
): void {
	const text = (outcome: Outcome | undefined) => wordings([outcome?.result ?? 'not run'], ids);
	const [expected, actual] = [listed(text(ours)), listed(text(theirs))];
	if (expected !== actual) report('result', expected, actual, 'breaking');
	else if (ours && theirs) {
		const lost = ours.fields.filter((field) => !theirs.fields.includes(field));
		const added = theirs.fields.filter((field) => !ours.fields.includes(field));
		if (lost.length > 0) report('result', listed(lost), added.length > 0 ? listed(added) : 'absent', 'breaking');
		else if (added.length > 0) report('result', 'absent', listed(added), 'minor');
	}
}

function compareDeliveries(sandbox: Run, real: Run, known: Known, report: Report): void {
	const [ours, theirs] = [sandbox.delivery, real.delivery];
	if (!ours || !theirs) return;
	const names = (headers: object) => new Set(Object.keys(headers).filter((name) => !TRANSPORT_HEADERS.test(name)));
	const [expected, actual] = [names(ours.headers), names(theirs.headers)];
	for (const name of expected) if (!actual.has(name)) report(`header ${name}`, 'present', 'absent', 'breaking');
	for (const name of actual) {
		const grade = /sign|secret|auth|token/.test(name) ? 'breaking' : 'minor';
		if (!expected.has(name)) report(`header ${name}`, 'absent', 'present', grade);
	}
	for (const name of ours.query.keys()) {
		if (!theirs.query.has(name)) report(`query ${name}`, 'present', 'absent', 'breaking');
	}
	const [sent, received] = [contentOf(ours.rawBody), contentOf(theirs.rawBody)];
	if (sent.kind !== received.kind) report('body', sent.kind, received.kind, 'breaking');
	else if ('json' in sent && 'json' in received) {
		const rules = { ...known, isRefusal: false, isRunning: false };
		compareShapes('body', shapeOf([sent.json]), shapeOf([received.json]), rules, report);
	}
}
