import type { drive_v3 } from '@googleapis/drive';
import type { Site } from '../internet';

/** Parameters of the requests that are played, as Google's client knows them: a wrong name does not compile. */
const LIST: ReadonlyArray<keyof drive_v3.Params$Resource$Files$List | 'maxResults'> = [
	// Version 2's name for pageSize. n8n's own trigger sends it; Google leaves aside what it does not know.
	'maxResults',
	'q', 'fields', 'pageSize', 'pageToken', 'spaces', 'corpora', 'includeItemsFromAllDrives', 'supportsAllDrives',
];
const GET: ReadonlyArray<keyof drive_v3.Params$Resource$Files$Get | 'alt'> = ['fields', 'supportsAllDrives', 'supportsTeamDrives', 'alt'];

const TOKEN = 'token-of-google';

/** Data of a Google Drive credential whose owner has consented. */
export const googleDriveCredential = {
	clientId: 'client',
	clientSecret: 'secret',
	oauthTokenData: { access_token: TOKEN, token_type: 'Bearer', scope: 'https://www.googleapis.com/auth/drive' },
};

/** A file in the folder. */
export interface DriveFile {
	id: string;
	name: string;
	mimeType: string;
	content: Buffer;
}

/** Google Drive with these files in one folder, created a minute ago. Source: the v3 reference, as its client carries it. */
export function googleDrive(folderId: string, files: readonly DriveFile[]): Site {
	// Before whatever a trigger looked at last: it gets the file when it is run by hand only.
	const createdTime = new Date(Date.now() - 60_000).toISOString();
	return ({ method, path, query, headers }) => {
		if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, json: { error: { code: 401, message: 'Invalid Credentials' } } };
		if (method !== 'GET') throw new Error('is not played');
		if (path === '/drive/v3/files') {
			expectKnown(query, LIST);
			if (!query.q?.includes(`'${folderId}' in parents`)) throw new Error(`asks for another folder: ${query.q}`);
			const [, since] = /createdTime > '([^']+)'/.exec(query.q) ?? [];
			if (since !== undefined && Date.parse(since) >= Date.parse(createdTime)) return { json: { files: [] } };
			return { json: { files: files.map(({ id, name, mimeType }) => ({ kind: 'drive#file', id, name, mimeType, createdTime })) } };
		}
		const file = files.find(({ id }) => path === `/drive/v3/files/${id}`);
		if (!file) return { status: 404, json: { error: { code: 404, message: 'File not found' } } };
		expectKnown(query, GET);
		if (query.alt === 'media') return { body: file.content, type: file.mimeType };
		return { json: { id: file.id, name: file.name, mimeType: file.mimeType } };
	};
}

function expectKnown(query: Record<string, string>, known: readonly string[]): void {
	const strange = Object.keys(query).filter((name) => !known.includes(name));
	if (strange.length > 0) throw new Error(`Google Drive knows no parameter ${strange.join(', ')}`);
}
