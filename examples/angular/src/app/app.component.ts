import { Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { ChatComponent } from './chat.component';

@Component({
  selector: 'app-root',
  imports: [ChatComponent, RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Home</a>
      <a routerLink="/orders">Orders</a>
    </nav>
    <router-outlet />
    <app-chat />
  `,
})
export class AppComponent {}

@Component({ selector: 'app-home', template: `<h1>Home</h1>` })
export class HomeComponent {}

@Component({ selector: 'app-orders', template: `<h1>Orders</h1>` })
export class OrdersComponent {}
