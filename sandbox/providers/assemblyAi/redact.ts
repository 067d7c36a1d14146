import type { Recognition } from '../../audio/recognize';
import type { Params } from './params';
import type { Token } from './words';

/** A range of spoken words to redact, with its label. */
export interface Finding {
	label: string;
	first: number;
	last: number;
}

/** Finds the words to redact: known entities covered by the selected policies (default: all), and static terms. */
export function findings(heard: Recognition, all: Token[], params: Params): Finding[] {
	if (!params.redact_pii) return [];
	const { redact_pii_policies: policies } = params;
	const entities = heard.entities
		.filter(({ type }) => !policies || policies.some((policy) => policy === type))
		.map(({ type, firstWord, lastWord }) => ({ label: type.toUpperCase(), first: firstWord, last: lastWord }));
	const statics = Object.entries(params.redact_static_entities ?? {}).flatMap(([label, terms]) =>
		terms.flatMap((term) => occurrences(all, term).map((place) => ({ label: label.toUpperCase(), ...place }))),
	);
	return [
		...entities,
		...statics.filter((place) => !entities.some((entity) => place.first <= entity.last && place.last >= entity.first)),
	];
}

/** Replaces every letter of the findings with `#` (`hash`), or each finding with `[LABEL]` (`entity_name`). */
export function redact(all: Token[], hidden: Finding[], style: 'hash' | 'entity_name'): Token[] {
	const out: Token[] = [];
	for (const token of all) {
		const finding = hidden.find(({ first, last }) => token.first >= first && token.last <= last);
		const previous = out[out.length - 1];
		if (!finding) {
			out.push(token);
		} else if (style === 'hash') {
			out.push({ ...token, text: token.text.replace(/[\p{L}\p{N}]/gu, '#') });
		} else if (previous && previous.first >= finding.first && previous.last <= finding.last) {
			Object.assign(previous, { text: named(finding, token), end: token.end, last: token.last });
		} else {
			out.push({ ...token, text: named(finding, token) });
		}
	}
	return out;
}

function named(finding: Finding, token: Token): string {
	return `[${finding.label}]${/[.,!?;:]+$/.exec(token.text)?.[0] ?? ''}`;
}

function occurrences(all: Token[], term: string): Array<{ first: number; last: number }> {
	const wanted = term.split(/\s+/).map(bare).filter(Boolean);
	const found: Array<{ first: number; last: number }> = [];
	for (let index = 0; wanted.length > 0 && index + wanted.length <= all.length; index += 1) {
		if (!wanted.every((word, offset) => bare(all[index + offset]!.text) === word)) continue;
		found.push({ first: all[index]!.first, last: all[index + wanted.length - 1]!.last });
	}
	return found;
}

/** Lowercases a word and removes surrounding punctuation. */
export function bare(text: string): string {
	return text.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
