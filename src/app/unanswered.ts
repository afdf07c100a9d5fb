export { unanswered } from '../cleanup/unanswered';
