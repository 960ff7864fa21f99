// Who CloudTrail says it was: the `userIdentity` of a record.

const LOGGED_IN = '2026-11-21T08:00:00Z';

export interface Identity {
  /** As CloudTrail writes it. */
  userIdentity: Readonly<Record<string, unknown>>;
  /** The service that made the call for somebody; it then stands for address and user agent as well. */
  invokedBy?: string;
}

export const iamUser = (accountId: string, userName: string): Identity => ({
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDA0000000000EXAMPLE',
    arn: `arn:aws:iam::${accountId}:user/${userName}`,
    accountId,
    accessKeyId: 'AKIA0000000000EXAMPLE',
    userName,
  },
});

export const root = (accountId: string): Identity => ({
  userIdentity: { type: 'Root', principalId: accountId, arn: `arn:aws:iam::${accountId}:root`, accountId, accessKeyId: '' },
});

/** e.g. a pipeline: the session often says which run it was. */
export const assumedRole = (accountId: string, roleName: string, session: string): Identity =>
  roleSession({ accountId, roleName, session });

/** A person who came through IAM Identity Center: the session is the person's name there. */
export const singleSignOn = (accountId: string, permissionSet: string, user: string): Identity =>
  roleSession({
    accountId,
    roleName: `AWSReservedSSO_${permissionSet}_0123456789abcdef`,
    session: user,
    path: 'aws-reserved/sso.amazonaws.com/eu-west-1/',
  });

/** What a service did with somebody's permissions, e.g. `cloudformation.amazonaws.com`. */
export const through = (service: string, { userIdentity }: Identity): Identity => ({
  userIdentity: { ...userIdentity, invokedBy: service },
  invokedBy: service,
});

/** What a service did by itself. */
export const awsService = (service: string): Identity => ({
  userIdentity: { type: 'AWSService', invokedBy: service },
  invokedBy: service,
});

interface Session {
  accountId: string;
  roleName: string;
  session: string;
  path?: string;
}

function roleSession({ accountId, roleName, session, path = '' }: Session): Identity {
  const principalId = 'AROA0000000000EXAMPLE';
  return {
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${principalId}:${session}`,
      arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${session}`,
      accountId,
      accessKeyId: 'ASIA0000000000EXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId,
          arn: `arn:aws:iam::${accountId}:role/${path}${roleName}`,
          accountId,
          userName: roleName,
        },
        attributes: { creationDate: LOGGED_IN, mfaAuthenticated: 'false' },
      },
    },
  };
}
