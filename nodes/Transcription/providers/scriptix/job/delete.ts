import type { ProviderApi } from '../../../http/api';
import { safeId } from '../../../http/safeId';
import { SESSIONS_PATH } from '../constants';
import { ServiceError, undefinedIfNotFound } from '../../../http/errors';
import { generationOf } from '../credential';

/** Source: docs.scriptix.io, API, “Delete Document”, Delete Entire Session. @throws ServiceError */
export async function deleteSession(api: ProviderApi, id: string): Promise<void> {
	await api.request({ method: 'DELETE', path: `${SESSIONS_PATH}/${safeId(id)}`, expect: 'nothing', idempotent: true });
}

export async function remove(api: ProviderApi, id: string): Promise<void> {
	if (generationOf(api.settings) === 'stt') {
		throw new ServiceError({
			message: 'Scriptix’s batch upload API (/stt) doesn’t support deleting jobs',
			description: 'Remove “Delete After Fetching”, or set “API Generation” in the credential to Sessions.',
		});
	}
	await undefinedIfNotFound(deleteSession(api, id));
}
