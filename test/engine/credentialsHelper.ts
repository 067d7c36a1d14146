import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
	type ICredentialDataDecryptedObject,
	type ICredentials,
	ICredentialsHelper,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
} from 'n8n-workflow';

/** All credentials of the package. */
const FOLDER = join(__dirname, '../../credentials');
const load = createRequire(__filename);
const TYPES: ICredentialType[] = readdirSync(FOLDER).map((file) => {
	const name = file.replace(/\.credentials\.ts$/, '');
	const { [name]: Type } = load(join(FOLDER, file)) as Record<string, new () => ICredentialType>;
	if (!Type) throw new Error(`${file} exports no ${name}`);
	return new Type();
});

/** The error that n8n throws if a credential doesn't exist or the encryption key has changed. */
const UNREADABLE =
	'Credentials could not be decrypted. The likely reason is that a different "encryptionKey" was used.';

/** n8n's credentials helper as nodes use it: returns credentials by ID and applies `authenticate` to requests. */
export class TestCredentialsHelper extends ICredentialsHelper {
	/** @param stored decrypted data by ID */
	constructor(private readonly stored: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	async getDecrypted(_data: unknown, { id }: INodeCredentialsDetails): Promise<ICredentialDataDecryptedObject> {
		const found = this.stored[id ?? ''];
		if (!found) throw new Error(UNREADABLE);
		return { ...found };
	}

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = typeNamed(typeName);
		if (typeof authenticate !== 'function') throw new Error('only authentication by a function is known here');
		return await authenticate(credential, options);
	}

	getParentTypes(): string[] {
		return [];
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return typeNamed(type).properties;
	}

	async preAuthentication(): Promise<undefined> {}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('nodes do not ask for encrypted credentials');
	}
}

function typeNamed(name: string): ICredentialType {
	const type = TYPES.find((candidate) => candidate.name === name);
	if (!type) throw new Error(`unknown credential type ${name}`);
	return type;
}
