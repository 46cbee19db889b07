export { browserModules } from './browser-modules.ts';
export { BarTable, type ChartPoint, LineChart } from './charts.tsx';
export {
  ActionForm,
  AskFirst,
  Badge,
  Checkbox,
  Choices,
  Empty,
  Facts,
  Field,
  Notice,
  ProblemNotice,
  Select,
  Steps,
  Table,
  Timeline,
} from './components.tsx';
export { FileCheck, ManyWorks, PasskeyButton, WallSearch, WorkFingerprint } from './elements.tsx';
export type { Face } from './face.ts';
export { issueText } from './issue-text.ts';
export { type Chrome, type PageInfo, renderPage } from './layout.tsx';
export { LegalLine } from './legal-line.tsx';
export { commonText } from './messages.ts';
export { problemPage } from './problem-page.tsx';
export { staticFiles } from './static-files.ts';
