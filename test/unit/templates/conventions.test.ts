import type { WorkflowNode } from '../../../tools/n8n';
import { readTemplate, templateNames } from '../../../tools/templates';
import { boxOf, connectionsOf, crosses, isNote, isWithin, labelOf, linesOf, overlap, subNodes } from './layout';

/**
 * The form of the workflows in n8n's template gallery: a title that starts with a verb, one note that explains the
 * workflow, gray sections that enclose all nodes, and a flow from left to right.
 */

/** n8n's canvas snaps to this grid. */
const GRID = 16;
const GRAY = 7;

/** First words of titles and names. If a name fails although it starts with a verb, add the verb. */
const VERBS = new Set(
	`acknowledge add aggregate allow answer append ask attach build call catch chat check choose collect combine convert
	copy count create cut delete describe download drop edit export extract fetch fill filter find format get handle
	insert join keep link list load log look make map mark match merge move notify open parse pick post prepare publish
	read receive record recover remember remove rename reply report request return run save search select send set show
	sort split start stop store submit summarize sync take talk tell transcribe transform translate try turn update
	upload use wait watch write`.split(/\s+/),
);
const SMALL_WORDS = new Set('a an and as at by for from if in of on or per the to when with'.split(' '));

const startsWithVerb = (text: string) => VERBS.has(text.split(' ')[0]!.toLowerCase());
const isTitleCase = (text: string) =>
	text.split(' ').every((word, index) => (index > 0 && SMALL_WORDS.has(word)) || /^[A-Z0-9]/.test(word));

const contentOf = ({ parameters }: WorkflowNode) => String(parameters.content);
const headingOf = (note: WorkflowNode) => contentOf(note).split('\n')[0]!;
const pairs = <T>(items: readonly T[]) =>
	items.flatMap((item, index) => items.slice(index + 1).map((other) => [item, other] as const));

describe.each(templateNames)('%s', (name) => {
	const template = readTemplate(name);
	const notes = template.nodes.filter(isNote);
	const sections = notes.filter(({ parameters }) => parameters.color === GRAY);
	const nodes = template.nodes.filter((node) => !isNote(node));
	const box = (node: WorkflowNode) => boxOf(template, node);
	const label = (node: WorkflowNode) => labelOf(template, node);
	const sectionsOf = (nodeName: string) =>
		sections.filter((section) => isWithin(box(nodes.find((node) => node.name === nodeName)!), box(section)));

	it('has a title that starts with a verb', () => {
		expect([template.name].filter((title) => !startsWithVerb(title))).toEqual([]);
	});

	it('has one note in the default color, with How it works, Set up, and Customize', () => {
		const explanations = notes.filter((note) => !sections.includes(note));
		expect(explanations.map(({ parameters }) => parameters.color)).toEqual([undefined]);
		const [explanation = ''] = explanations.map(contentOf);
		expect(explanation.split('\n').filter((line) => line.startsWith('#'))).toEqual([
			'## How it works',
			'### Set up',
			'### Customize',
		]);
		expect(explanation.split('### Set up')[1]).toMatch(/^\n1\. /);
	});

	it('has gray sections whose headings start with a verb', () => {
		expect(sections.length).toBeGreaterThan(0);
		const wrong = sections.map(headingOf).filter((heading) => !/^## [A-Z]/.test(heading) || !isVerbHeading(heading));
		expect(wrong).toEqual([]);
	});

	it('has node names in title case that start with a verb', () => {
		const parts = subNodes(template);
		const isStart = (node: WorkflowNode) => !connectionsOf(template).some(({ to }) => to === node.name);
		const wrong = nodes.filter(
			(node) =>
				!isTitleCase(node.name) ||
				!(
					startsWithVerb(node.name) ||
					(isStart(node) && /^(On|When) /.test(node.name)) ||
					(parts.has(node.name) && parts.get(node.name) !== 'ai_tool')
				),
		);
		expect(wrong.map((node) => node.name)).toEqual([]);
	});

	it('places every node inside one section, together with its name', () => {
		const misplaced = nodes
			.map((node) => {
				const around = sections.filter((section) =>
					[box(node), label(node)].every((area) => isWithin(area, box(section))),
				);
				return { node: node.name, sections: around.map(headingOf) };
			})
			.filter(({ sections: around }) => around.length !== 1);
		expect(misplaced).toEqual([]);
	});

	it('has no overlapping nodes or notes', () => {
		const areas = nodes.flatMap((node) => [box(node), label(node)]);
		const overlaps = [...pairs(areas), ...pairs(notes.map(box))].filter(([a, b]) => overlap(a, b));
		expect(overlaps.map(([a, b]) => `${a.name} overlaps ${b.name}`)).toEqual([]);
	});

	it('is aligned to the grid', () => {
		const off = template.nodes.filter(({ position, parameters }) =>
			[...position, parameters.width ?? 0, parameters.height ?? 0].some((value) => Number(value) % GRID !== 0),
		);
		expect(off.map((node) => `${node.name} at ${node.position.join(', ')}`)).toEqual([]);
	});

	it('flows from left to right', () => {
		const backward = connectionsOf(template).filter(({ from, to, type }) => {
			const [source, target] = [from, to].map((each) => nodes.find((node) => node.name === each)!);
			return type === 'main' && box(source!).right > box(target!).left;
		});
		expect(backward.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
	});

	it('has connection lines that touch only the nodes and sections they connect', () => {
		const crossings = linesOf(template).flatMap((line) => {
			const own = [...sectionsOf(line.from), ...sectionsOf(line.to)];
			const others = [
				...notes.filter((note) => !own.includes(note)).map(box),
				...nodes
					.filter((node) => ![line.from, line.to].includes(node.name))
					.flatMap((node) => [box(node), label(node)]),
			];
			return others
				.filter((other) => crosses(line, other))
				.map((other) => `${line.from} → ${line.to} crosses ${other.name}`);
		});
		expect(crossings).toEqual([]);
	});

	it('selects no credentials', () => {
		expect(nodes.filter(({ credentials }) => credentials).map((node) => node.name)).toEqual([]);
	});
});

const isVerbHeading = (heading: string) => startsWithVerb(heading.replace(/^## /, ''));

it('uses several services', () => {
	const used = templateNames.flatMap((name) => readTemplate(name).nodes.map(({ parameters }) => parameters.provider));
	expect(used).toEqual(
		expect.arrayContaining(['assemblyAi', 'elevenLabs', 'instantTranscriber', 'scriptix', 'soniox']),
	);
});
