import * as l10n from '@vscode/l10n';
import { isServerRequest, type ApiRequest, type ApiVerb } from '../model/apiRequest';
import type { ApiStep } from '../model/plan';
import { isUuid } from '../model/uuid';
import { apiArguments } from './apiProse';
import { textOf, type Directive } from './readDirective';
import type { Read } from './readSteps';

/** The request of an @api line. What belongs to the instance names the one of the section. */
export function readApi(directive: Directive, section: string): Read<ApiStep> {
  const verb = textOf(directive, 'do');
  if (!isVerb(verb)) return l10n.t('do is one of: {0}.', Object.keys(apiArguments).join(', '));
  const wanted = apiArguments[verb];
  const given = [...directive.attributes.keys()].filter((name) => name !== 'do');
  if (given.length !== wanted.length || !wanted.every((name) => given.includes(name)))
    return l10n.t('{0} takes these and no others: {1}.', verb, wanted.join(', '));
  const strange = wanted.find((name) => name !== 'state' && !isUuid(textOf(directive, name)));
  if (strange !== undefined) return l10n.t('The {0} is no UUID in lower case.', strange);
  if (verb === 'reset-state' && textOf(directive, 'state') !== 'error') return l10n.t('state is "error".');
  const request = requestOf(verb, directive);
  if (isServerRequest(request) && request.id !== section)
    return l10n.t('This server is not the instance of this section.');
  return 'consumer' in request && request.consumer !== section
    ? l10n.t('This consumer is not the instance of this section.')
    : { step: 'api', request, span: directive.span };
}

function requestOf(verb: ApiVerb, directive: Directive): ApiRequest {
  switch (verb) {
    case 'delete-port':
    case 'delete-attachment':
    case 'delete-server':
    case 'force-delete-server':
      return { do: verb, id: textOf(directive, 'id') };
    case 'reset-state':
      return { do: verb, id: textOf(directive, 'id'), state: 'error' };
    case 'delete-allocations':
      return { do: verb, consumer: textOf(directive, 'consumer') };
    case 'unset-allocation':
      return {
        do: verb,
        consumer: textOf(directive, 'consumer'),
        provider: textOf(directive, 'provider'),
      };
  }
}

function isVerb(word: string): word is ApiVerb {
  return Object.hasOwn(apiArguments, word);
}
