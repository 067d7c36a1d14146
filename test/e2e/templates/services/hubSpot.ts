import type { PublicObjectSearchRequest } from '@hubspot/api-client/lib/codegen/crm/contacts/models/PublicObjectSearchRequest';
import type { Site } from '../internet';
import { schemaMismatches } from '../schemas';

const TOKEN = 'pat-of-hubspot';

/** Data for a HubSpot App Token credential. */
export const hubSpotCredential = { appToken: TOKEN };

/** A created note and the contact it is associated with. */
export interface HubSpotNote {
	contactId: string;
	body: string;
	/** The note's time. */
	at: string;
}

/** A contact that can be found by its phone number. */
export interface HubSpotContact {
	id: string;
	properties: Record<string, string>;
	/**
	 * What HubSpot calculates from the numbers: digits without the country code. Source: “Searching through associations and
	 * phone numbers” in HubSpot's guide to its search API.
	 */
	searchable: { phone?: string; mobile?: string };
}

interface PublicObject {
	id: string;
	properties: Record<string, string>;
}

interface NoteRequest {
	properties: Record<string, string>;
	associations?: Array<{
		to: { id: string };
		types: Array<{ associationCategory: string; associationTypeId: number }>;
	}>;
}

/** The association type from a note to a contact. Source: the table of type IDs in HubSpot's guide to associations. */
const NOTE_TO_CONTACT = 202;

/** The search property of a contact, without the others that HubSpot offers. */
const SEARCHABLE: Record<string, keyof HubSpotContact['searchable']> = {
	hs_searchable_calculated_phone_number: 'phone',
	hs_searchable_calculated_mobile_number: 'mobile',
};

/** HubSpot's CRM with these contacts (email address → ID), and those that can be found by phone number. */
export function hubSpot(
	contacts: Record<string, string>,
	callers: HubSpotContact[] = [],
): { site: Site; notes: HubSpotNote[]; created: Array<Record<string, string>> } {
	const notes: HubSpotNote[] = [];
	const created: Array<Record<string, string>> = [];
	const isContact = (id: string) =>
		Object.values(contacts).includes(id) ||
		callers.some((caller) => caller.id === id) ||
		created.some((_, index) => createdId(index) === id);
	const site: Site = ({ method, path, query, headers, json }) => {
		if (headers.authorization !== `Bearer ${TOKEN}`)
			return { status: 401, json: { status: 'error', message: 'Authentication credentials not found.' } };
		const [, address] = /^\/crm\/v3\/objects\/contacts\/([^/]+)$/.exec(path) ?? [];
		if (method === 'GET' && address !== undefined) {
			if (query.idProperty !== 'email') throw new Error('looks up a contact by something other than its email address');
			const email = decodeURIComponent(address);
			const id = contacts[email];
			if (!id)
				return { status: 404, json: { status: 'error', message: 'resource not found', category: 'OBJECT_NOT_FOUND' } };
			return {
				json: {
					id,
					properties: { email },
					createdAt: '2026-01-01T00:00:00Z',
					updatedAt: '2026-01-01T00:00:00Z',
					archived: false,
				},
			};
		}
		if (method === 'POST' && path === '/crm/v3/objects/contacts/search') {
			const mismatches = schemaMismatches('HubSpotContactSearch', json);
			if (mismatches.length > 0) throw new Error(mismatches.join('; '));
			const results = search(callers, json as PublicObjectSearchRequest);
			return { json: { total: results.length, results } };
		}
		if (method === 'POST' && path === '/crm/v3/objects/contacts') {
			const mismatches = schemaMismatches('HubSpotContact', json);
			if (mismatches.length > 0) throw new Error(mismatches.join('; '));
			const { properties } = json as PublicObject;
			created.push(properties);
			return { status: 201, json: { id: createdId(created.length - 1), properties, archived: false } };
		}
		if (method === 'POST' && path === '/crm/v3/objects/notes') {
			const mismatches = schemaMismatches('HubSpotNote', json);
			if (mismatches.length > 0) throw new Error(mismatches.join('; '));
			const { properties, associations = [] } = json as NoteRequest;
			// HubSpot's guide to notes says that hs_timestamp is required and hs_note_body is limited to 65,536 characters.
			if (Number.isNaN(Date.parse(properties.hs_timestamp ?? ''))) throw new Error('hs_timestamp is missing');
			if ((properties.hs_note_body ?? '').length > 65_536) throw new Error('hs_note_body is too long');
			const contactId = associations.find(({ types }) =>
				types.some(({ associationTypeId }) => associationTypeId === NOTE_TO_CONTACT),
			)?.to.id;
			if (contactId === undefined || !isContact(contactId)) throw new Error('isn’t associated with a contact');
			notes.push({ contactId, body: properties.hs_note_body ?? '', at: properties.hs_timestamp ?? '' });
			return {
				status: 201,
				json: {
					id: String(notes.length),
					properties,
					createdAt: '2026-01-01T00:00:00Z',
					updatedAt: '2026-01-01T00:00:00Z',
					archived: false,
				},
			};
		}
		throw new Error('isn’t mocked');
	};
	return { site, notes, created };
}

const createdId = (index: number) => String(9000 + index);

/**
 * Finds contacts by a token of their searchable phone numbers. Limits: “The maximum number of supported results is 200 objects
 * per page”, “a maximum of five filterGroups with up to 6 filters in each group”.
 */
function search(contacts: readonly HubSpotContact[], request: PublicObjectSearchRequest): PublicObject[] {
	const { filterGroups = [], limit = 10, properties: asked = [] } = request;
	if (filterGroups.length > 5 || limit > 200) throw new Error('exceeds a limit of the search');
	const matches = ({ searchable }: HubSpotContact) =>
		filterGroups.some(({ filters }) =>
			filters.every(({ propertyName, operator, value = '' }) => {
				const name = SEARCHABLE[propertyName];
				if (!name || operator !== 'CONTAINS_TOKEN' || !/^\*\d+$/.test(value)) throw new Error('isn’t mocked');
				return searchable[name]?.endsWith(value.slice(1)) ?? false;
			}),
		);
	return contacts
		.filter(matches)
		.slice(0, limit)
		.map(({ id, properties }) => ({
			id,
			// HubSpot returns null for properties without a value.
			properties: Object.fromEntries(asked.map((name) => [name, properties[name] ?? null])) as Record<string, string>,
		}));
}
