import { isSameRequest, type ApiRequest } from '../model/apiRequest';
import type { Section } from '../model/plan';
import type { ManualStep, Suspect } from '../model/suspect';

/** A request of the section that the fresh look gives no reason for. */
export function strangeRequest(section: Section, { remedy }: Suspect): ApiRequest | undefined {
  const asked = remedy.manual
    .filter(({ depths }) => depths?.includes(section.depth) ?? true)
    .flatMap(({ api }) => api ?? []);
  return section.steps
    .flatMap((step) => (step.step === 'api' ? [step.request] : []))
    .find((request) => !asked.some((each) => covers(each, request)));
}

/** The operator marked it as done, or the run does it before it comes to the rows. */
export function isHandled({ command, api }: ManualStep, { steps }: Section): boolean {
  return steps.some((step) =>
    step.step === 'manual'
      ? step.done && step.command === command
      : step.step === 'api' && api !== undefined && isSameRequest(step.request, api),
  );
}

/** Less than what is asked for, and the same for good (a soft delete is kept for a while), need no reason of their own. */
function covers(asked: ApiRequest, request: ApiRequest): boolean {
  const isPart =
    asked.do === 'delete-allocations' &&
    request.do === 'unset-allocation' &&
    asked.consumer === request.consumer;
  const isForced =
    asked.do === 'delete-server' && request.do === 'force-delete-server' && asked.id === request.id;
  return isPart || isForced || isSameRequest(asked, request);
}
