import type { SurveyOptions } from '../../evidence/survey';
import { apiSourceId } from '../../model/source';
import type { ScanProgress } from '../api';

/** Counts the sources of one scan as they are read. */
export function telling(
  tell: (progress: ScanProgress) => void,
): Required<Pick<SurveyOptions, 'onSource' | 'onExpected'>> {
  const known = new Set([apiSourceId]);
  const read = new Set<string>();
  return {
    onExpected: (sources) => {
      for (const { id } of sources) known.add(id);
    },
    onSource: (source) => {
      known.add(source.id);
      read.add(source.id);
      tell({ source, read: read.size, known: known.size });
    },
  };
}
