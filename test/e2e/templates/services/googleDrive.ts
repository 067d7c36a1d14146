import type { drive_v3 } from '@googleapis/drive';
import type { Site } from '../internet';

/** Parameters of the mocked requests. Their types are from Google's client, so a wrong name doesn't compile. */
const LIST: ReadonlyArray<keyof drive_v3.Params$Resource$Files$List | 'maxResults'> = [
	// n8n's own trigger sends the v2 name for `pageSize`. Google ignores unknown parameters.
	'maxResults',
	'q',
	'fields',
	'pageSize',
	'pageToken',
	'spaces',
	'corpora',
	'includeItemsFromAllDrives',
	'supportsAllDrives',
];
const GET: ReadonlyArray<keyof drive_v3.Params$Resource$Files$Get | 'alt'> = [
	'fields',
	'supportsAllDrives',
	'supportsTeamDrives',
	'alt',
];

const TOKEN = 'token-of-google';

/** Data for an authorized Google Drive credential. */
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

/** Google Drive with these files in one folder, created a minute ago. Source: the v3 reference in its client. */
export function googleDrive(folderId: string, files: readonly DriveFile[]): Site {
	// The file is older than the trigger's last poll, so only a manual run returns it.
	const createdTime = new Date(Date.now() - 60_000).toISOString();
	return ({ method, path, query, headers }) => {
		if (headers.authorization !== `Bearer ${TOKEN}`)
			return { status: 401, json: { error: { code: 401, message: 'Invalid Credentials' } } };
		if (method !== 'GET') throw new Error('isn’t mocked');
		if (path === '/drive/v3/files') {
			expectKnown(query, LIST);
			if (!query.q?.includes(`'${folderId}' in parents`)) throw new Error(`requests a different folder: ${query.q}`);
			const [, since] = /createdTime > '([^']+)'/.exec(query.q) ?? [];
			if (since !== undefined && Date.parse(since) >= Date.parse(createdTime)) return { json: { files: [] } };
			return {
				json: {
					files: files.map(({ id, name, mimeType }) => ({ kind: 'drive#file', id, name, mimeType, createdTime })),
				},
			};
		}
		const file = files.find(({ id }) => path === `/drive/v3/files/${id}`);
		if (!file) return { status: 404, json: { error: { code: 404, message: 'File not found' } } };
		expectKnown(query, GET);
		if (query.alt === 'media') return { body: file.content, type: file.mimeType };
		return { json: { id: file.id, name: file.name, mimeType: file.mimeType } };
	};
}

function expectKnown(query: Record<string, string>, known: readonly string[]): void {
	const unknown = Object.keys(query).filter((name) => !known.includes(name));
	if (unknown.length > 0) throw new Error(`Unknown Google Drive parameters: ${unknown.join(', ')}`);
}
