/** A place in an S3-compatible bucket, and who logs in. */
export interface LanceBucket {
  readonly bucket: string;
  /** Without slashes at its ends; '': the whole bucket. */
  readonly prefix: string;
  /** Null: Amazon's own for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null: what the machine provides. */
  readonly login: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** As the object store inside LanceDB names them. */
export function storageOptionsOf({ endpoint, region, login }: LanceBucket): Record<string, string> {
  const at = endpoint === null ? {} : { endpoint, virtualHostedStyleRequest: 'false' };
  const plain = endpoint?.startsWith('http://') === true ? { allowHttp: 'true' } : {};
  const as = login === null ? {} : { awsAccessKeyId: login.accessKeyId, awsSecretAccessKey: login.secretAccessKey };
  return { region, timeout: '30s', connectTimeout: '5s', ...at, ...plain, ...as };
}
