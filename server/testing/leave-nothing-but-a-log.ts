import './open-log.ts';
import './leave-nothing.ts';
