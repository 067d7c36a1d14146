import { randomUUID } from 'node:crypto';
import type { Site, SiteAnswer, SiteRequest } from '../internet';

const TOKEN = 'ntn_secret-of-notion';

/** Data for a Notion credential. */
export const notionCredential = { apiKey: TOKEN };

/** The ID of the database. */
export const DATABASE_ID = '1f0c2a4e-5b6d-4c7e-8f90-a1b2c3d4e5f6';

/** The database's properties and their types. */
const PROPERTIES: Record<string, string> = { Name: 'title', Date: 'date', Minutes: 'number', Recording: 'url' };

/** Published versions of the API. Source: “Versioning” in Notion's API reference, and its changelog. */
const VERSIONS = ['2021-05-13', '2021-08-16', '2022-02-22', '2022-06-28', '2025-09-03'];

/** From this version on, blocks have `rich_text` instead of `text`. Source: Notion's API changelog, February 22, 2022. */
const RICH_TEXT_VERSION = '2022-02-22';

/** Source: “Request limits” and “Append block children” in Notion's API reference. */
const LIMITS = { textLength: 2000, urlLength: 2000, arrayLength: 100, bytes: 500 * 1000 };

/** The fields of the mocked blocks. Source: “Block” in Notion's API reference. */
const BLOCKS: Record<string, readonly string[]> = {
	callout: ['rich_text', 'icon', 'color'],
	heading_2: ['rich_text', 'color', 'is_toggleable'],
	paragraph: ['rich_text', 'color', 'children'],
	to_do: ['rich_text', 'checked', 'color', 'children'],
};

/** The fields of styled text. Source: “Rich text” in Notion's API reference. */
const ANNOTATIONS = ['bold', 'italic', 'strikethrough', 'underline', 'code', 'color'];

interface RichText {
	text: { content: string; link?: { url: string } | null };
	annotations?: Record<string, unknown>;
}

interface NotionBlock {
	type: string;
	[type: string]: unknown;
}

/** A page in the database, with its blocks. */
export interface NotionPage {
	id: string;
	title: string;
	properties: Record<string, Record<string, unknown>>;
	blocks: Array<{ type: string; text: string; runs: string[] }>;
	inTrash: boolean;
}

/**
 * Notion with one database. Requests are validated against Notion's API reference. Sources: “Create a page”, “Append block
 * children”, “Archive a page”, “Retrieve a database”, “Page properties”.
 */
export function notion(): { site: Site; pages: NotionPage[]; appends: number[] } {
	const pages: NotionPage[] = [];
	const appends: number[] = [];
	const site: Site = (request) => {
		const { method, path, headers, json } = request;
		if (String(headers.authorization ?? '').trim() !== `Bearer ${TOKEN}`)
			return failure(401, 'unauthorized', 'API token is invalid.');
		const version = versionOf(request);
		if (method === 'GET' && path === `/v1/databases/${DATABASE_ID}`) return { json: databaseObject() };
		if (method === 'POST' && path === '/v1/pages') {
			expectKnown('page', json, ['parent', 'properties', 'children', 'icon', 'cover']);
			const page = newPage(json as CreateRequest);
			pages.push(page);
			return { json: pageObject(page) };
		}
		const [, pageId] = /^\/v1\/pages\/([^/]+)$/.exec(path) ?? [];
		if (method === 'PATCH' && pageId !== undefined) {
			expectKnown('page', json, ['properties', 'icon', 'cover', 'archived', 'in_trash']);
			const page = pages.find(({ id }) => id === pageId);
			if (!page) return failure(404, 'object_not_found', 'Could not find page.');
			page.inTrash = (json as { archived?: boolean }).archived === true;
			return { json: pageObject(page) };
		}
		const [, parentId] = /^\/v1\/blocks\/([^/]+)\/children$/.exec(path) ?? [];
		if (method === 'PATCH' && parentId !== undefined) {
			if (version < RICH_TEXT_VERSION) throw new Error(`blocks of version ${version} have text, not rich_text`);
			expectKnown('request', json, ['children', 'after']);
			const { children } = json as { children: NotionBlock[] };
			expectLimits(children, json);
			const page = pages.find(({ id }) => id === parentId);
			if (!page || page.inTrash) return failure(404, 'object_not_found', 'Could not find block.');
			appends.push(children.length);
			page.blocks.push(...children.map(readBlock));
			return { json: blockList(page.id, children) };
		}
		throw new Error('isn’t mocked');
	};
	return { site, pages, appends };
}

interface CreateRequest {
	parent: { database_id?: string };
	properties: NotionPage['properties'];
	children?: NotionBlock[];
}

/** Returns the version that the request declares. Every request must. Source: “Versioning” in Notion's API reference. */
function versionOf({ headers }: SiteRequest): string {
	const version = String(headers['notion-version'] ?? '');
	if (!VERSIONS.includes(version)) throw new Error(`unknown Notion-Version "${version}"`);
	return version;
}

function expectKnown(what: string, value: unknown, known: readonly string[]): void {
	if (value === null || typeof value !== 'object') throw new Error(`${what} should be an object`);
	const unknown = Object.keys(value).filter((key) => !known.includes(key));
	if (unknown.length > 0) throw new Error(`${what}.${unknown.join(', ')} should be not present`);
}

/** Checks that a block or a property value contains its type. */
function expectTyped(what: string, value: Record<string, unknown>, type: string): void {
	if (value[type] === undefined) throw new Error(`${what}.${type} should be defined`);
	if (value.type !== undefined && value.type !== type) throw new Error(`${what}.type should be ${type}`);
}

function expectText(what: string, texts: unknown): void {
	if (!Array.isArray(texts)) throw new Error(`${what} should be an array`);
	for (const part of texts as RichText[]) {
		expectKnown(what, part, ['type', 'text', 'annotations']);
		expectTyped(what, { ...part }, 'text');
		expectKnown(`${what}.text`, part.text, ['content', 'link']);
		if (typeof part.text.content !== 'string') throw new Error(`${what}.text.content should be a string`);
		if (part.annotations) expectKnown(`${what}.annotations`, part.annotations, ANNOTATIONS);
	}
}

function expectBlock(block: NotionBlock): void {
	const { type } = block;
	const known = BLOCKS[type];
	if (!known) throw new Error(`block type ${type} isn’t mocked`);
	expectKnown('block', block, ['object', 'type', type]);
	expectKnown(type, block[type], known);
	const { rich_text: texts, checked, icon } = block[type] as Record<string, unknown>;
	expectText(`${type}.rich_text`, texts);
	if (checked !== undefined && typeof checked !== 'boolean') throw new Error('to_do.checked should be a boolean');
	if (icon !== undefined) expectTyped('callout.icon', icon as Record<string, unknown>, 'emoji');
}

/** Checks the value of a property by its type. Source: “Page properties” in Notion's API reference. */
function expectProperty(name: string, type: string, value: Record<string, unknown>): void {
	expectKnown(name, value, ['type', type]);
	expectTyped(name, value, type);
	const content = value[type];
	if (type === 'title') expectText(`${name}.title`, content);
	if (content === null || type === 'title') return;
	if (type === 'number' && typeof content !== 'number') throw new Error(`${name}.number should be a number`);
	if (type === 'url' && !URL.canParse(String(content))) throw new Error(`${name}.url should be a URL`);
	if (type === 'date') {
		expectKnown(`${name}.date`, content, ['start', 'end', 'time_zone']);
		const { start } = content as { start: string };
		if (Number.isNaN(Date.parse(start))) throw new Error(`${name}.date.start should be an ISO 8601 date`);
	}
}

function newPage({ parent, properties, children = [] }: CreateRequest): NotionPage {
	if (parent.database_id?.replace(/-/g, '') !== DATABASE_ID.replace(/-/g, ''))
		throw new Error(`unknown parent: ${JSON.stringify(parent)}`);
	for (const [name, value] of Object.entries(properties)) {
		const type = PROPERTIES[name];
		if (type === undefined) throw new Error(`${name} is not a property that exists.`);
		expectProperty(name, type, value);
	}
	expectLimits(children, properties);
	const title = textOf(properties.Name?.title as RichText[] | undefined);
	return { id: randomUUID(), title, properties, blocks: children.map(readBlock), inTrash: false };
}

/** Checks the blocks, their number, and the size of the request and of every text, URL, and array of texts in it. */
function expectLimits(blocks: readonly NotionBlock[], request: unknown): void {
	if (blocks.length > LIMITS.arrayLength)
		throw new Error(`children.length should be ≤ ${LIMITS.arrayLength}, instead was ${blocks.length}`);
	if (Buffer.byteLength(JSON.stringify(request)) > LIMITS.bytes) throw new Error('the payload is too large');
	const check = (key: string, value: unknown): void => {
		if (key === 'content' && typeof value === 'string' && value.length > LIMITS.textLength)
			throw new Error(`content.length should be ≤ ${LIMITS.textLength}, instead was ${value.length}`);
		if (key === 'url' && typeof value === 'string' && value.length > LIMITS.urlLength)
			throw new Error(`url.length should be ≤ ${LIMITS.urlLength}, instead was ${value.length}`);
		if (Array.isArray(value) && value.length > LIMITS.arrayLength)
			throw new Error(`${key}.length should be ≤ ${LIMITS.arrayLength}, instead was ${value.length}`);
		if (value !== null && typeof value === 'object')
			for (const [name, part] of Object.entries(value)) check(name, part);
	};
	check('body', request);
	blocks.forEach(expectBlock);
}

function readBlock(block: NotionBlock): NotionPage['blocks'][number] {
	const texts = (block[block.type] as { rich_text: RichText[] }).rich_text;
	return { type: block.type, text: textOf(texts), runs: texts.map(({ text }) => text.content) };
}

const textOf = (texts: readonly RichText[] = []) => texts.map(({ text }) => text.content).join('');

function databaseObject() {
	return {
		object: 'database',
		id: DATABASE_ID,
		title: [{ type: 'text', text: { content: 'Meetings' }, plain_text: 'Meetings' }],
		properties: Object.fromEntries(
			Object.entries(PROPERTIES).map(([name, type]) => [name, { id: name, name, type, [type]: {} }]),
		),
	};
}

function pageObject({ id, title, inTrash }: NotionPage) {
	return {
		object: 'page',
		id,
		archived: inTrash,
		parent: { type: 'database_id', database_id: DATABASE_ID },
		url: `https://www.notion.so/${id.replace(/-/g, '')}`,
		properties: {
			Name: { id: 'title', type: 'title', title: [{ type: 'text', text: { content: title }, plain_text: title }] },
		},
	};
}

function blockList(pageId: string, blocks: readonly NotionBlock[]) {
	return {
		object: 'list',
		type: 'block',
		block: {},
		has_more: false,
		next_cursor: null,
		results: blocks.map((block) => ({
			object: 'block',
			id: randomUUID(),
			parent: { type: 'page_id', page_id: pageId },
			...block,
		})),
	};
}

function failure(status: number, code: string, message: string): SiteAnswer {
	return { status, json: { object: 'error', status, code, message } };
}
