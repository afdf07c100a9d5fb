export { kindTitle } from '../zombies/kindTitle';
