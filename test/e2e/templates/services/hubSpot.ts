import type { Site } from '../internet';
import { schemaMismatches } from '../schemas';

const TOKEN = 'pat-of-hubspot';

/** Data for a HubSpot App Token credential. */
export const hubSpotCredential = { appToken: TOKEN };

/** A created note and the contact it is associated with. */
export interface HubSpotNote {
	contactId: string;
	body: string;
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

/** HubSpot's CRM with these contacts (email address → ID). */
export function hubSpot(contacts: Record<string, string>): { site: Site; notes: HubSpotNote[] } {
	const notes: HubSpotNote[] = [];
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
			if (contactId === undefined || !Object.values(contacts).includes(contactId))
				throw new Error('isn’t associated with a contact');
			notes.push({ contactId, body: properties.hs_note_body ?? '' });
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
	return { site, notes };
}
