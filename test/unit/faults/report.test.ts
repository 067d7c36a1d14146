import { readFileSync } from 'node:fs';
import { KINDS } from '../../../tools/faults/chained/report';
import { reliabilityPage, replaceSection } from '../../../tools/faults/report';

it('replaces only the section of the kind and mode that ran', () => {
	const page = readFileSync(reliabilityPage, 'utf8');
	const sections = KINDS.flatMap((kind) => ['regular', 'queue'].map((mode) => `${kind}, ${mode} mode`));
	const first = sections.reduce((text, section) => replaceSection(text, section, `first report of ${section}.`), page);
	const second = replaceSection(first, 'kills, regular mode', 'second report.');
	expect(second).toBe(first.replace('first report of kills, regular mode.', 'second report.'));
	for (const section of sections) expect(first).toContain(`first report of ${section}.`);
	expect(() => replaceSection(page, 'unknown', '')).toThrow('has no markers for unknown');
});
