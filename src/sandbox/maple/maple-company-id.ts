/** The one company (tenant) of the sandbox; every path starts with it. */
export const MAPLE_COMPANY_ID = 'cmp_sandbox';
