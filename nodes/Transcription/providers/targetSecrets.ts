import { secretsIn } from '../callback/url';
import type { CallbackTarget } from './provider';

/** What a request that names this target carries and nobody may be shown, should the service repeat it. */
export function targetSecrets(target: CallbackTarget | undefined): string[] {
	return target ? [target.secret, ...secretsIn(target.url)] : [];
}
