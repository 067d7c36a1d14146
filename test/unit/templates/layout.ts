import type { WorkflowDefinition, WorkflowNode } from '../../../tools/n8n';

/** The geometry of a workflow on n8n's canvas, in its coordinates. */

export interface Point {
	x: number;
	y: number;
}

export interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** A connection as the editor draws it. */
export interface Line {
	from: string;
	to: string;
	points: Point[];
}

const NODE = 96;
/** Lines start and end at the outer edges of the connectors. */
const CONNECTOR = 8;
/** Sub-nodes, such as a language model. */
const SUB_NODE = 80;
/** Nodes with sub-nodes, such as an agent. */
const ROOT_NODE_WIDTH = 224;
/** A node's name is centered below it and wraps at this width. */
const NAME_WIDTH = 2 * NODE;
const LINE_HEIGHT = 20;
const CHARACTER_WIDTH = 8;

export const isNote = ({ type }: WorkflowNode): boolean => type === 'n8n-nodes-base.stickyNote';

/** The nodes that are connected as a sub-node, with the type of the connection. */
export function subNodes({ connections }: WorkflowDefinition): Map<string, string> {
	const found = new Map<string, string>();
	for (const [name, types] of Object.entries(connections))
		for (const type of Object.keys(types)) if (type !== 'main') found.set(name, type);
	return found;
}

/** All connections, with the indexes of the output and the input. */
export function connectionsOf({ connections }: WorkflowDefinition) {
	return Object.entries(connections).flatMap(([from, types]) =>
		Object.entries(types).flatMap(([type, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map(({ node: to, index: input }) => ({ from, to, type, output, input })),
			),
		),
	);
}

/** Returns the area of a sticky note, or of a node without its label. */
export function boxOf(workflow: WorkflowDefinition, node: WorkflowNode): Box {
	const [left, top] = node.position;
	const [width, height] = sizeOf(workflow, node);
	return { name: node.name, left, top, right: left + width, bottom: top + height };
}

function sizeOf(workflow: WorkflowDefinition, node: WorkflowNode): [number, number] {
	if (isNote(node)) return [Number(node.parameters.width), Number(node.parameters.height)];
	if (subNodes(workflow).has(node.name)) return [SUB_NODE, SUB_NODE];
	const isRoot = connectionsOf(workflow).some(({ to, type }) => to === node.name && type !== 'main');
	return [isRoot ? ROOT_NODE_WIDTH : NODE, NODE];
}

/** The estimated area of a node's name and its subtitle below the node. The names of root nodes are inside. */
export function labelOf(workflow: WorkflowDefinition, node: WorkflowNode): Box {
	const { left, right, bottom } = boxOf(workflow, node);
	const length = node.name.length * CHARACTER_WIDTH;
	const center = (left + right) / 2;
	const half = Math.min(length, NAME_WIDTH) / 2;
	const lines = right - left > NODE ? 0 : Math.ceil(length / NAME_WIDTH) + 1;
	return {
		name: `the name of ${node.name}`,
		left: center - half,
		right: center + half,
		top: bottom,
		bottom: bottom + lines * LINE_HEIGHT,
	};
}

/** The lines of all connections. */
export function linesOf(workflow: WorkflowDefinition): Line[] {
	const connections = connectionsOf(workflow);
	const node = (name: string) => workflow.nodes.find((candidate) => candidate.name === name)!;
	const inputs = (name: string) =>
		1 + Math.max(0, ...connections.filter(({ to, type }) => to === name && type === 'main').map(({ input }) => input));
	return connections.map(({ from, to, type, output, input }) => {
		const [source, target] = [boxOf(workflow, node(from)), boxOf(workflow, node(to))];
		if (type !== 'main') {
			const start = { x: (source.left + source.right) / 2, y: source.top };
			const end = { x: (target.left + target.right) / 2, y: target.bottom };
			const middle = (start.y + end.y) / 2;
			return { from, to, points: curve(start, { ...start, y: middle }, { ...end, y: middle }, end) };
		}
		const start = { x: source.right + CONNECTOR, y: port(source, output, outputsOf(workflow, node(from))) };
		const end = { x: target.left - CONNECTOR, y: port(target, input, inputs(to)) };
		const reach = Math.max((end.x - start.x) / 2, NODE / 2);
		return {
			from,
			to,
			points: curve(start, { ...start, x: start.x + reach }, { ...end, x: end.x - reach }, end),
		};
	});
}

const TWO_OUTPUTS = /\.(if|transcriptionTrigger)$/;

function outputsOf(workflow: WorkflowDefinition, { name, type, onError }: WorkflowNode): number {
	const used = connectionsOf(workflow).filter((connection) => connection.from === name);
	const own = (TWO_OUTPUTS.test(type) ? 2 : 1) + (onError === 'continueErrorOutput' ? 1 : 0);
	return Math.max(own, ...used.map(({ output }) => output + 1));
}

const port = ({ top, bottom }: Box, index: number, count: number) => top + ((bottom - top) * (index + 1)) / (count + 1);

const STEPS = 64;

/** Points on a cubic Bézier curve. */
function curve(...[a, b, c, d]: [Point, Point, Point, Point]): Point[] {
	return Array.from({ length: STEPS + 1 }, (_, step) => {
		const t = step / STEPS;
		const at = (axis: 'x' | 'y') =>
			(1 - t) ** 3 * a[axis] + 3 * (1 - t) ** 2 * t * b[axis] + 3 * (1 - t) * t ** 2 * c[axis] + t ** 3 * d[axis];
		return { x: at('x'), y: at('y') };
	});
}

export const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const isWithin = (inner: Box, outer: Box): boolean =>
	inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom;

export const crosses = ({ points }: Line, { left, top, right, bottom }: Box): boolean =>
	points.some(({ x, y }) => x > left && x < right && y > top && y < bottom);
